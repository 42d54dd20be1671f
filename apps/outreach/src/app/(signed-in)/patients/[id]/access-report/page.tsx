import { outreachPath } from '@sax/topology'
import { isUuid } from '@sax/user-context'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AccessReport } from '../../../../../features/access-report/access-report.tsx'
import { requireUserContext } from '../../../../../server/user-context.ts'

// A patient's name has no business in a title: titles stay in the browser's history.
export const metadata: Metadata = { title: 'Access report' }

export default async function AccessReportPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params
  await requireUserContext(outreachPath('patients', id, 'access-report'))
  if (!isUuid(id)) notFound()
  return <AccessReport key={id} patientId={id} />
}
