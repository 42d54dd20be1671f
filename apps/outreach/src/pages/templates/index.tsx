import { outreachPath } from '@sax/topology'
import { TemplateLibrary } from '../../features/templates/library/template-library.tsx'
import { signedInProps } from '../../server/page-props.ts'

export const getServerSideProps = signedInProps(() => outreachPath('templates'))

TemplatesPage.title = 'Templates'

export default function TemplatesPage() {
  return <TemplateLibrary />
}
