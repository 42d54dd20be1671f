import { people, practices } from '@sax/sample-data'
import { createMinter } from '@sax/user-context/mint'

/** A user context for the sample data's first coordinator, good for an hour. */
export async function benchToken(secret: string): Promise<string> {
  const [person] = people
  if (person === undefined) throw new Error('the sample data has no people')
  const practiceName = practices.find(({ id }) => id === person.practiceId)?.name
  const { saxId, tenantId, practiceId, email, name, roles } = person
  const mint = createMinter({ secret, nowSec: () => Date.now() / 1000 })
  const context = {
    saxId,
    tenantId,
    practiceId,
    email,
    name,
    roles,
    ...(practiceName === undefined ? {} : { practiceName }),
  }
  return (await mint(context, 3600)).token
}
