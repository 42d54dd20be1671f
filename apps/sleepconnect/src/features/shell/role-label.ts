import { type Role, roles } from '@sax/user-context'

const words: Readonly<Record<Role, string>> = {
  coordinator: 'Coordinator',
  manager: 'Manager',
  administrator: 'Administrator',
}

/** The widest of a person's roles, in words. */
export function roleLabel(held: readonly Role[]): string {
  const widest = roles.findLast((role) => held.includes(role))
  return widest === undefined ? 'No role' : words[widest]
}
