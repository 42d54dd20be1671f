import { outreachPath } from '@sax/topology'
import { NewTemplate } from '../../features/templates/editor/new-template.tsx'
import { signedInProps } from '../../server/page-props.ts'

export const getServerSideProps = signedInProps(() => outreachPath('templates', 'new'))

NewTemplatePage.title = 'New template'

export default function NewTemplatePage() {
  return <NewTemplate />
}
