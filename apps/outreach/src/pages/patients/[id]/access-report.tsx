import { outreachPath } from '@sax/topology'
import { AccessReport } from '../../../features/access-report/access-report.tsx'
import { usePageId } from '../../../features/shell/zone-router.ts'
import { signedInProps } from '../../../server/page-props.ts'

export const getServerSideProps = signedInProps((id) => outreachPath('patients', id, 'access-report'))

AccessReportPage.title = 'Access report'

export default function AccessReportPage() {
  const id = usePageId()
  return id === undefined ? null : <AccessReport key={id} patientId={id} />
}
