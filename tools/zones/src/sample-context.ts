import { practices, type SamplePerson } from '@sax/sample-data'
import type { UserContext } from '@sax/user-context'

/** The user context the host would mint for a sample person in their home practice. */
export function contextOf(person: SamplePerson): UserContext {
  const practiceName = practices.find((practice) => practice.id === person.practiceId)?.name
  return {
    saxId: person.saxId,
    tenantId: person.tenantId,
    practiceId: person.practiceId,
    ...(practiceName === undefined ? {} : { practiceName }),
    email: person.email,
    name: person.name,
    roles: [...person.roles],
  }
}
