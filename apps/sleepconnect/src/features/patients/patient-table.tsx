'use client'

import type { Patient } from '@sax/api-contract'
import { hostPath } from '@sax/topology'
import { Skeleton } from '@sax/ui/skeleton'
import { Table, TBody, Td, THead, Th, Tr } from '@sax/ui/table'
import Link from 'next/link'
import { ageYears, dayWords, fullName, isoToday, phoneWords } from './patient-words.ts'

const WIDE_ONLY = 'max-lg:hidden'
const NOT_ON_PHONES = 'max-sm:hidden'

/** Patients of one page. On a narrow screen the phone number moves under the name and the e-mail waits on the patient's page. */
export function PatientTable({ patients, stale }: { readonly patients: readonly Patient[]; readonly stale: boolean }) {
  const today = isoToday(new Date())
  return (
    <PatientFrame stale={stale}>
      {patients.map((patient) => (
        <Tr key={patient.id} interactive>
          <Td>
            <Link
              href={hostPath('patients', patient.id)}
              data-row-link
              prefetch={false}
              className="focus-ring-inset block break-words rounded-md font-medium after:absolute after:inset-0"
            >
              <bdi>{fullName(patient)}</bdi>
            </Link>
            <span className="block text-muted-foreground text-sm tabular-nums sm:hidden">
              {patient.phone === null ? 'No phone number' : phoneWords(patient.phone)}
            </span>
          </Td>
          <Td className="tabular-nums sm:whitespace-nowrap">
            {dayWords(patient.dateOfBirth)}{' '}
            <span className="text-muted-foreground">({ageYears(patient.dateOfBirth, today)})</span>
          </Td>
          <Td className={`${NOT_ON_PHONES} whitespace-nowrap tabular-nums`}>
            {patient.phone === null ? <Unknown /> : phoneWords(patient.phone)}
          </Td>
          <Td className={`${WIDE_ONLY} truncate`}>{patient.email ?? <Unknown />}</Td>
        </Tr>
      ))}
    </PatientFrame>
  )
}

/** The table's place while it loads, row for row. */
export function PatientTableSkeleton({ rows }: { readonly rows: number }) {
  return (
    <PatientFrame stale={false}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move.
        <Tr key={row}>
          <Td>
            <Skeleton className="w-36" />
            <Skeleton className="mt-1 w-28 sm:hidden" />
          </Td>
          <Td>
            <Skeleton className="w-28" />
          </Td>
          <Td className={NOT_ON_PHONES}>
            <Skeleton className="w-28" />
          </Td>
          <Td className={WIDE_ONLY}>
            <Skeleton className="w-48" />
          </Td>
        </Tr>
      ))}
    </PatientFrame>
  )
}

function PatientFrame({ stale, children }: { readonly stale: boolean; readonly children: React.ReactNode }) {
  return (
    <Table
      caption="Patients"
      aria-busy={stale}
      className={`table-fixed ${stale ? 'opacity-60 transition-opacity' : ''}`}
    >
      <THead>
        <Tr>
          <Th className="w-1/2 sm:w-2/5 lg:w-auto">Name</Th>
          <Th className="sm:w-44">Date of birth (age)</Th>
          <Th className={`${NOT_ON_PHONES} w-40`}>Phone</Th>
          <Th className={`${WIDE_ONLY} w-72`}>E-mail</Th>
        </Tr>
      </THead>
      <TBody>{children}</TBody>
    </Table>
  )
}

function Unknown() {
  return <span className="text-muted-foreground">Not known</span>
}
