'use client'

import type { Patient } from '@sax/api-contract'
import { ApiError } from '@sax/api-contract/client'
import { hostPath, outreachPath } from '@sax/topology'
import { Button } from '@sax/ui/button'
import { Card, CardBody, CardHeader } from '@sax/ui/card'
import { EmptyState } from '@sax/ui/empty-state'
import { PageHeader } from '@sax/ui/page-header'
import { Skeleton } from '@sax/ui/skeleton'
import { ChevronLeft, MessageSquareText, UserRoundX } from 'lucide-react'
import Link from 'next/link'
import { LoadError } from '../session/load-error.tsx'
import { FavouriteTemplates } from '../templates/favourite-templates.tsx'
import { PatientFacts } from './patient-facts.tsx'
import { ageYears, dayWords, fullName, isoToday } from './patient-words.ts'
import { usePatient } from './use-patients.ts'

/** One patient: who they are, how and when they can be reached, and the way into Outreach. */
export function PatientPage({ id }: { readonly id: string }) {
  const { data: patient, error, isFetching, refetch } = usePatient(id)
  if (patient) return <Loaded patient={patient} />
  return (
    <div className="page">
      {error ? (
        <>
          <PageHeader title="Patient" back={<BackToList />} />
          <Card>
            {error instanceof ApiError && error.status < 500 && error.status >= 400 ? (
              <NoSuchPatient />
            ) : (
              <LoadError what="The patient" error={error} onRetry={() => void refetch()} retrying={isFetching} />
            )}
          </Card>
        </>
      ) : (
        <Loading />
      )}
    </div>
  )
}

function Loaded({ patient }: { readonly patient: Patient }) {
  return (
    <div className="page">
      <PageHeader
        title={<bdi>{fullName(patient)}</bdi>}
        description={`Born ${dayWords(patient.dateOfBirth)}, ${ageYears(patient.dateOfBirth, isoToday(new Date()))} years old`}
        back={<BackToList />}
        actions={
          <Button asChild variant="primary">
            {/* Another zone: a hard navigation. */}
            <a href={`${outreachPath('templates')}?${new URLSearchParams({ patient: patient.id })}`}>
              <MessageSquareText aria-hidden />
              Preview templates
            </a>
          </Button>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card>
          <CardHeader title="Contact" />
          <CardBody>
            <PatientFacts patient={patient} />
          </CardBody>
        </Card>
        <FavouriteTemplates patientId={patient.id} />
      </div>
    </div>
  )
}

function Loading() {
  return (
    <>
      <header className="mb-4 flex flex-col gap-1">
        <div className="text-muted-foreground text-sm">
          <BackToList />
        </div>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0 flex-1 basis-72">
            <h1 className="sr-only">Patient</h1>
            <Skeleton className="h-7 w-48" />
            <Skeleton className="mt-1.5 w-56" />
          </div>
          <Skeleton className="h-9 w-40" />
        </div>
      </header>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card>
          <CardHeader title="Contact" />
          <CardBody>
            <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
              {['phone', 'e-mail', 'time', 'language'].map((fact) => (
                <div key={fact} className="flex flex-col gap-1">
                  <Skeleton className="w-20" />
                  <Skeleton className="h-5 w-44" />
                </div>
              ))}
            </div>
          </CardBody>
        </Card>
        <FavouriteTemplates />
      </div>
    </>
  )
}

function BackToList() {
  return (
    <Link
      href={hostPath('patients')}
      className="focus-ring inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-foreground"
    >
      <ChevronLeft aria-hidden className="size-4" />
      Patients
    </Link>
  )
}

function NoSuchPatient() {
  return (
    <EmptyState
      icon={<UserRoundX />}
      title="No such patient in this practice"
      description="They may belong to another practice. Switch the practice at the top, or search again."
      action={
        <Button asChild>
          <Link href={hostPath('patients')}>Search patients</Link>
        </Button>
      }
    />
  )
}
