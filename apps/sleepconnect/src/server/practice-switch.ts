import type { Practice } from '@sax/api-contract'
import type { UserContext } from '@sax/user-context'

/** The same person in another of their practices, or undefined when they hold no role there. */
export function inPractice(
  context: UserContext,
  practiceId: string,
  practices: readonly Practice[],
): UserContext | undefined {
  const practice = practices.find(({ id }) => id.toLowerCase() === practiceId.toLowerCase())
  if (practice === undefined || practice.roles.length === 0) return undefined
  return {
    ...context,
    tenantId: practice.tenantId,
    practiceId: practice.id,
    practiceName: practice.name,
    roles: practice.roles,
  }
}

/** The person with their practice's name, when the list knows it. */
export function withPracticeName(context: UserContext, practices: readonly Practice[]): UserContext {
  const name = practices.find(({ id }) => id.toLowerCase() === context.practiceId)?.name
  return name === undefined ? context : { ...context, practiceName: name }
}
