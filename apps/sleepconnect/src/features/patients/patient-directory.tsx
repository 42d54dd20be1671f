'use client'

import { Button } from '@sax/ui/button'
import { Card } from '@sax/ui/card'
import { EmptyState } from '@sax/ui/empty-state'
import { PageHeader } from '@sax/ui/page-header'
import { Pagination } from '@sax/ui/pagination'
import { SearchField } from '@sax/ui/search-field'
import { useSingleKeys } from '@sax/ui/use-single-keys'
import { UserRoundSearch, Users } from 'lucide-react'
import { LoadError } from '../session/load-error.tsx'
import { usePatientSearch } from './patient-search.tsx'
import { PatientTable, PatientTableSkeleton } from './patient-table.tsx'
import { moveBetweenRows } from './row-keys.ts'
import { usePatients } from './use-patients.ts'

const PAGE_SIZE = 25

/** The practice's patients, found by name, phone number or date of birth as one types. */
export function PatientDirectory() {
  const search = usePatientSearch()
  const [singleKeys] = useSingleKeys()
  const { data, error, isFetching, isPlaceholderData, refetch } = usePatients({
    search: search.text,
    offset: search.offset,
    limit: PAGE_SIZE,
  })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys only add to what Tab does already.
    <div className="page" onKeyDown={moveBetweenRows}>
      <PageHeader title="Patients" description="Everybody in your care." />
      <SearchField
        value={search.text}
        onChange={search.setText}
        label="Search patients"
        placeholder="Name, phone or date of birth"
        shortcut={singleKeys ? '/' : undefined}
        busy={isFetching && data !== undefined}
        className="mb-3 max-w-lg"
      />
      <Card>
        {error && (!data || isPlaceholderData) ? (
          <LoadError what="The patients" error={error} onRetry={() => void refetch()} retrying={isFetching} />
        ) : data === undefined ? (
          <PatientTableSkeleton rows={12} />
        ) : data.data.length === 0 ? (
          <NobodyFound searched={search.text !== ''} onClear={() => search.setText('')} />
        ) : (
          <PatientTable patients={data.data} stale={isPlaceholderData} />
        )}
      </Card>
      {data && data.pagination.total > 0 && !error ? (
        <div className="mt-3">
          <Pagination {...data.pagination} onOffset={search.setOffset} label="patients" busy={isPlaceholderData} />
        </div>
      ) : null}
    </div>
  )
}

function NobodyFound({ searched, onClear }: { readonly searched: boolean; readonly onClear: () => void }) {
  if (!searched) {
    return (
      <EmptyState
        icon={<Users />}
        title="No patients yet"
        description="Patients appear here when the practice's records are connected."
      />
    )
  }
  return (
    <EmptyState
      icon={<UserRoundSearch />}
      title="Nobody found"
      description="Part of a name is enough, in any order and without accents. Phone numbers may be written in any way."
      action={<Button onClick={onClear}>Clear the search</Button>}
    />
  )
}
