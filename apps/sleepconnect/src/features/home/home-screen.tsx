import { PageHeader } from '@sax/ui/page-header'
import { FavouriteTemplates } from '../templates/favourite-templates.tsx'
import { FindPatient } from './find-patient.tsx'

export interface HomeScreenProps {
  readonly name: string
  readonly practiceName: string | undefined
  /** The person came by a link that wanted to go on to another site. */
  readonly linkRefused: boolean
}

/** Where a coordinator's day starts: find a patient, or reach for the messages used most. */
export function HomeScreen({ name, practiceName, linkRefused }: HomeScreenProps) {
  return (
    <div className="page">
      {linkRefused ? (
        <p role="status" className="mb-4 rounded-lg bg-warning-soft px-4 py-2.5 text-warning">
          The link that brought you here wanted to go on to another site. You stayed on this one.
        </p>
      ) : null}
      <PageHeader
        title={
          <>
            Hello, <bdi>{name}</bdi>
          </>
        }
        description={practiceName === undefined ? 'Your day at a glance.' : `You are working in ${practiceName}.`}
      />
      <div className="grid gap-4 lg:grid-cols-2">
        <FindPatient />
        <FavouriteTemplates />
      </div>
    </div>
  )
}
