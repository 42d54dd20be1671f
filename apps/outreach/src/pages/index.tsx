import { outreachPath } from '@sax/topology'
import { TemplatesOverview } from '../features/templates/overview/templates-overview.tsx'
import { signedInProps } from '../server/page-props.ts'

export const getServerSideProps = signedInProps(() => outreachPath())

export default function OutreachPage() {
  return <TemplatesOverview />
}
