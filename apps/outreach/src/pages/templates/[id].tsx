import { outreachPath } from '@sax/topology'
import { usePageId } from '../../features/shell/zone-router.ts'
import { StoredTemplate } from '../../features/templates/editor/stored-template.tsx'
import { signedInProps } from '../../server/page-props.ts'

export const getServerSideProps = signedInProps((id) => outreachPath('templates', id))

TemplatePage.title = 'Template'

export default function TemplatePage() {
  const id = usePageId()
  return id === undefined ? null : <StoredTemplate key={id} id={id} />
}
