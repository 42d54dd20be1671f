import { outreachPath } from '@sax/topology'
import { Inbox } from '../../features/conversations/inbox.tsx'
import { Thread } from '../../features/conversations/thread/thread.tsx'
import { usePageId } from '../../features/shell/zone-router.ts'
import { signedInProps } from '../../server/page-props.ts'

export const getServerSideProps = signedInProps((id) => outreachPath('conversations', id))

ConversationPage.title = 'Conversation'
ConversationPage.layout = Inbox

export default function ConversationPage() {
  const id = usePageId()
  return id === undefined ? null : <Thread key={id} id={id} />
}
