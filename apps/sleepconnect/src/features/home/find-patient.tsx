'use client'

import { hostPath } from '@sax/topology'
import { Button } from '@sax/ui/button'
import { Card, CardBody, CardHeader } from '@sax/ui/card'
import { EmptyState } from '@sax/ui/empty-state'
import { SearchField } from '@sax/ui/search-field'
import { Skeleton } from '@sax/ui/skeleton'
import { useSingleKeys } from '@sax/ui/use-single-keys'
import Link from 'next/link'
import { useState } from 'react'
import { dayWords, fullName } from '../patients/patient-words.ts'
import { moveBetweenRows } from '../patients/row-keys.ts'
import { usePatients } from '../patients/use-patients.ts'
import { LoadError } from '../session/load-error.tsx'

const SHOWN = 6

/** The shortest way to a patient: type, arrow down, Enter. */
export function FindPatient() {
  const [text, setText] = useState('')
  const [singleKeys] = useSingleKeys()
  const found = usePatients({ search: text, offset: 0, limit: SHOWN })
  const { data, error, isFetching, isPlaceholderData } = found
  return (
    <Card onKeyDown={moveBetweenRows}>
      <CardHeader
        title="Find a patient"
        actions={
          <Button asChild size="sm">
            <Link href={hostPath('patients')}>All patients</Link>
          </Button>
        }
      />
      <CardBody className="flex flex-col gap-2">
        <SearchField
          value={text}
          onChange={setText}
          label="Find a patient"
          placeholder="Name, phone or date of birth"
          shortcut={singleKeys ? '/' : undefined}
          busy={isFetching && data !== undefined}
        />
        <div className="min-h-66">
          {error && (!data || isPlaceholderData) ? (
            <LoadError
              what="The patients"
              error={error}
              onRetry={() => void found.refetch()}
              retrying={isFetching}
              compact
            />
          ) : data === undefined ? (
            <Rows />
          ) : data.data.length === 0 ? (
            <EmptyState compact title="Nobody found" description="Part of a name is enough, in any order." />
          ) : (
            <ul
              aria-label="Patients found"
              aria-busy={isPlaceholderData}
              className={isPlaceholderData ? 'opacity-60' : ''}
            >
              {data.data.map((patient) => (
                <li key={patient.id}>
                  <Link
                    href={hostPath('patients', patient.id)}
                    data-row-link
                    prefetch={false}
                    className="focus-ring-inset flex min-h-11 flex-wrap items-center justify-between gap-x-4 rounded-md px-2 hover:bg-muted"
                  >
                    <bdi className="min-w-0 truncate font-medium">{fullName(patient)}</bdi>
                    <span className="text-muted-foreground text-sm tabular-nums">{dayWords(patient.dateOfBirth)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </div>
      </CardBody>
    </Card>
  )
}

function Rows() {
  return (
    <ul>
      {['w-40', 'w-36', 'w-44', 'w-32', 'w-38', 'w-42'].slice(0, SHOWN).map((width) => (
        <li key={width} className="flex min-h-11 items-center justify-between px-2">
          <Skeleton className={width} />
          <Skeleton className="w-24" />
        </li>
      ))}
    </ul>
  )
}
