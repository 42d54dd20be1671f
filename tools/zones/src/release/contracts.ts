import type { FunctionContracts } from '@sax/release'

/** Contracts of every function that is live, by role. A role that is missing has no release, and is left out. */
export type ContractState = Readonly<Record<string, FunctionContracts>>

/** Two functions that would not understand each other. */
export interface Conflict {
  readonly contract: string
  readonly version: number
  readonly speaker: string
  readonly listener: string
  readonly accepted: readonly number[]
}

/** Who would not understand whom, were these live together. */
export function conflictsIn(state: ContractState): readonly Conflict[] {
  return Object.entries(state).flatMap(([speaker, { speaks }]) =>
    Object.entries(speaks).flatMap(([contract, { version, to }]) =>
      to.flatMap((listener): Conflict[] => {
        const heard = state[listener]
        // Before the first release of a function nobody reaches it.
        if (heard === undefined) return []
        const accepted = heard.accepts[contract] ?? []
        return accepted.includes(version) ? [] : [{ contract, version, speaker, listener, accepted }]
      }),
    ),
  )
}

/**
 * Who would not understand whom while the old and the new function of `role` answer side by side: what comes before it in
 * `order` is new by then, everything else is not.
 */
export function sideBySideConflicts(
  before: ContractState,
  after: ContractState,
  order: readonly string[],
  role: string,
): readonly Conflict[] {
  const at = order.indexOf(role)
  if (at === -1) return []
  const withOld = { ...before, ...pick(after, order.slice(0, at)) }
  const withNew = { ...withOld, ...pick(after, [role]) }
  const all = [...conflictsIn(withOld), ...conflictsIn(withNew)]
  return all.filter((one, index) => all.findIndex((other) => conflictText(other) === conflictText(one)) === index)
}

export type FlipOrder =
  | { readonly kind: 'order'; readonly roles: readonly string[] }
  /** Every way leads through a state in which somebody is not understood; these are of the shortest look ahead. */
  | { readonly kind: 'none'; readonly conflicts: readonly Conflict[] }

/**
 * In which order `roles` can go from `before` to `after` one at a time, so that all understand each other after every
 * single one: requests arrive in between. Of several orders the one nearest to `roles` as given.
 */
export function flipOrder(before: ContractState, after: ContractState, roles: readonly string[]): FlipOrder {
  const hopeless = new Set<string>()
  let met: readonly Conflict[] | undefined
  const search = (flipped: readonly string[]): readonly string[] | undefined => {
    const state = { ...before, ...pick(after, flipped) }
    const conflicts = flipped.length === 0 ? [] : conflictsIn(state)
    if (conflicts.length > 0) {
      met ??= conflicts
      return undefined
    }
    if (flipped.length === roles.length) return flipped
    const key = [...flipped].sort().join(' ')
    if (hopeless.has(key)) return undefined
    for (const role of roles) {
      const found = flipped.includes(role) ? undefined : search([...flipped, role])
      if (found !== undefined) return found
    }
    hopeless.add(key)
    return undefined
  }
  const found = search([])
  if (found !== undefined) return { kind: 'order', roles: found }
  // What is wrong with the end itself tells more than what is wrong on the way.
  const end = conflictsIn({ ...before, ...pick(after, roles) })
  return { kind: 'none', conflicts: end.length > 0 ? end : (met ?? []) }
}

export function conflictText({ contract, version, speaker, listener, accepted }: Conflict): string {
  const understood = accepted.length === 0 ? 'does not know it' : `understands ${accepted.join(' and ')}`
  return `${speaker} speaks ${contract} ${version} to ${listener}, which ${understood}`
}

function pick(state: ContractState, roles: readonly string[]): ContractState {
  return Object.fromEntries(roles.flatMap((role) => (state[role] === undefined ? [] : [[role, state[role]]])))
}
