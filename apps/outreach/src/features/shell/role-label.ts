import { type Role, roles } from '@sax/user-context'

const labels: Readonly<Record<Role, string>> = {
  coordinator: 'Coordinator',
  manager: 'Manager',
  administrator: 'Administrator',
}

/** A person's widest role in words. */
export function roleLabel(held: readonly Role[]): string {
  const widest = roles.findLast((role) => held.includes(role))
  return widest === undefined ? 'No role in this practice' : labels[widest]
}
