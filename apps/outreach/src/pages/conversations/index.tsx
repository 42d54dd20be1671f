import { outreachPath } from '@sax/topology'
import { Inbox } from '../../features/conversations/inbox.tsx'
import { NoneChosen } from '../../features/conversations/thread/none-chosen.tsx'
import { signedInProps } from '../../server/page-props.ts'

export const getServerSideProps = signedInProps(() => outreachPath('conversations'))

ConversationsPage.title = 'Conversations'
ConversationsPage.layout = Inbox

export default function ConversationsPage() {
  return <NoneChosen />
}
