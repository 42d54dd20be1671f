/** Something a gate does not let pass. */
export interface Refusal {
  /** Logical id of the resource; empty: the plan as a whole. */
  readonly logicalId: string
  /** Empty when unknown. */
  readonly type: string
  /** One clause saying what would happen, or what could not be seen. */
  readonly why: string
}

/** What a gate says of a plan. Only `accepted` may be carried out. */
export type Verdict =
  | { readonly kind: 'accepted' }
  /** The stack is as the template says: there is nothing to carry out. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly refusals: readonly [Refusal, ...Refusal[]] }

/** The verdict that follows from what was found. */
export function verdictOf([first, ...others]: readonly Refusal[]): Verdict {
  return first === undefined ? { kind: 'accepted' } : { kind: 'refused', refusals: [first, ...others] }
}
