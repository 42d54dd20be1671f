import { people, practices, type SamplePerson, tenants } from '@sax/sample-data'

/** Somebody who can sign in, as the provider's pages and tokens name them. */
export interface DirectoryPerson extends SamplePerson {
  readonly tenantName: string
  readonly practiceName: string
}

/** The people of the sample data. */
export const samplePeople: readonly DirectoryPerson[] = people.map((person) => ({
  ...person,
  tenantName: tenants.find(({ id }) => id === person.tenantId)?.name ?? '',
  practiceName: practices.find(({ id }) => id === person.practiceId)?.name ?? '',
}))
