import type { Patient } from '@sax/api-contract'
import { outreachPath } from '@sax/topology'
import { Button } from '@sax/ui/button'
import { Card } from '@sax/ui/card'
import { EmptyState } from '@sax/ui/empty-state'
import { ErrorState } from '@sax/ui/error-state'
import { Field } from '@sax/ui/field'
import { Input } from '@sax/ui/input'
import { PageHeader } from '@sax/ui/page-header'
import { Skeleton } from '@sax/ui/skeleton'
import { notify } from '@sax/ui/toaster'
import { useHydrated } from '@sax/ui/use-hydrated'
import { isUuid } from '@sax/user-context'
import { ArrowLeft, EyeOff, Printer } from 'lucide-react'
import { useState } from 'react'
import { useQueryView } from '../shell/steady-query.ts'
import { useViewer } from '../shell/viewer.tsx'
import { ZoneLink } from '../shell/zone-link.tsx'
import { usePageQuery } from '../shell/zone-router.ts'
import { AccessTable } from './access-table.tsx'
import { dayInWords, periodProblem, type ReportPeriod, usualPeriod } from './report-period.ts'
import { useAccessReport, useReportedPatient } from './use-access-report.ts'

/** The report that a patient may ask for: who has seen their data. Made to be printed. */
export function AccessReport({ patientId }: { readonly patientId: string }) {
  const view = useQueryView(useReportedPatient(patientId))
  // Days are those of the reader's own clock, which the server does not know.
  const hydrated = useHydrated()
  return (
    <div className="page print:max-w-none print:p-0">
      {view.kind === 'problem' ? (
        <>
          <h1 className="sr-only">Access report</h1>
          <ErrorState
            title={view.problem.title}
            description={view.problem.description}
            requestId={view.problem.requestId}
            onRetry={view.retry}
            retrying={view.retrying}
          />
        </>
      ) : null}
      {view.kind === 'loading' || !hydrated ? <ReportSkeleton /> : null}
      {view.kind === 'full' && hydrated ? <Report patient={view.data} /> : null}
    </div>
  )
}

function Report({ patient }: { readonly patient: Patient }) {
  const [openedMs] = useState(() => Date.now())
  const [period, setPeriod] = useState(() => usualPeriod(openedMs))
  const report = useAccessReport(patient.id, period, openedMs)
  const view = useQueryView(report)
  const [preparing, setPreparing] = useState(false)
  const rows = view.kind === 'full' ? view.data.pages.flatMap(({ data }) => data) : []
  const total = view.kind === 'full' ? (view.data.pages[0]?.pagination.total ?? 0) : 0
  const problem = periodProblem(period)

  /** Everything is on the page before it is printed: a report with a part of the rows says less than it seems to. */
  const print = async () => {
    setPreparing(true)
    let last: Pick<typeof report, 'hasNextPage' | 'isError'> = report
    while (last.hasNextPage && !last.isError) last = await report.fetchNextPage()
    setPreparing(false)
    if (last.isError) {
      notify({ title: 'Not all rows could be loaded', description: 'Nothing was printed. Try again.', tone: 'danger' })
      return
    }
    requestAnimationFrame(() => setTimeout(() => window.print()))
  }

  return (
    <>
      <PageHeader
        back={<BackLink />}
        title={
          <>
            Who has seen the data of{' '}
            <bdi>
              {patient.firstName} {patient.lastName}
            </bdi>
          </>
        }
        description={<ReportFacts patient={patient} period={period} rows={rows.length} total={total} />}
        actions={
          <Button
            variant="primary"
            className="print:hidden"
            busy={preparing}
            disabled={rows.length === 0}
            onClick={() => void print()}
          >
            <Printer aria-hidden />
            Print
          </Button>
        }
      />
      <PeriodFields period={period} problem={problem} onPeriod={setPeriod} />
      {problem === undefined ? (
        <Card className="overflow-hidden print:overflow-visible print:rounded-none print:border-0 print:shadow-none">
          {view.kind === 'loading' ? <RowsSkeleton /> : null}
          {view.kind === 'problem' ? (
            <ErrorState
              title={view.problem.title}
              description={view.problem.description}
              requestId={view.problem.requestId}
              onRetry={view.retry}
              retrying={view.retrying}
            />
          ) : null}
          {view.kind === 'full' && rows.length === 0 ? (
            <EmptyState
              icon={<EyeOff />}
              title="Nobody has seen the data in this time"
              description="Choose an earlier first day to look further back."
            />
          ) : null}
          {rows.length > 0 ? <AccessTable rows={rows} /> : null}
        </Card>
      ) : null}
      {report.hasNextPage ? (
        <div className="mt-4 flex justify-center print:hidden">
          <Button busy={report.isFetchingNextPage} onClick={() => void report.fetchNextPage()}>
            Show more
          </Button>
        </div>
      ) : null}
    </>
  )
}

interface ReportFactsProps {
  readonly patient: Patient
  readonly period: ReportPeriod
  readonly rows: number
  readonly total: number
}

/** What the sheet is about, for who holds it in hand. */
function ReportFacts({ patient, period, rows, total }: ReportFactsProps) {
  const { name, practiceName } = useViewer()
  if (periodProblem(period) !== undefined) return null
  const first = period.firstDay === '' ? 'the beginning' : dayInWords(period.firstDay)
  const count = (value: number) => value.toLocaleString('en-US')
  return (
    <>
      Born {dayInWords(patient.dateOfBirth)}. From {first} to {dayInWords(period.lastDay)}, newest first.{' '}
      <span role="status">
        {rows === total
          ? `${count(total)} ${total === 1 ? 'access' : 'accesses'}.`
          : `The newest ${count(rows)} of ${count(total)} accesses.`}
      </span>
      <span className="hidden print:inline">
        {' '}
        Made by {name}
        {practiceName === undefined ? '' : `, ${practiceName}`}, {new Date().toLocaleString('en-US')}.
      </span>
    </>
  )
}

interface PeriodFieldsProps {
  readonly period: ReportPeriod
  readonly problem: string | undefined
  readonly onPeriod: (period: ReportPeriod) => void
}

function PeriodFields({ period, problem, onPeriod }: PeriodFieldsProps) {
  return (
    <div className="mb-4 flex flex-wrap items-start gap-4 print:hidden">
      <Field label="First day" optional>
        <Input
          type="date"
          value={period.firstDay}
          max={period.lastDay}
          onChange={(event) => onPeriod({ ...period, firstDay: event.target.value })}
        />
      </Field>
      <Field label="Last day" error={problem}>
        <Input
          type="date"
          value={period.lastDay}
          onChange={(event) => onPeriod({ ...period, lastDay: event.target.value })}
        />
      </Field>
    </div>
  )
}

/** Back to the conversation one came from. */
function BackLink() {
  const from = usePageQuery().get('conversation')
  return (
    <ZoneLink
      href={isUuid(from) ? outreachPath('conversations', from) : outreachPath('conversations')}
      className="focus-ring -ms-1 inline-flex items-center gap-1 rounded-sm px-1 hover:text-foreground print:hidden"
    >
      <ArrowLeft aria-hidden className="size-4" />
      {isUuid(from) ? 'Conversation' : 'Conversations'}
    </ZoneLink>
  )
}

function ReportSkeleton() {
  return (
    <div aria-busy="true">
      <h1 className="sr-only">Access report</h1>
      <Skeleton className="mb-2 h-7 w-80 max-w-full" />
      <Skeleton className="mb-6 w-96 max-w-full" />
      <RowsSkeleton />
    </div>
  )
}

function RowsSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4 p-4">
      <span className="sr-only">Loading the report</span>
      {['w-3/4', 'w-2/3', 'w-4/5', 'w-3/4', 'w-2/3'].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a grey bar is its place
        <Skeleton key={index} className={width} />
      ))}
    </div>
  )
}
