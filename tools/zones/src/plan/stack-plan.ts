import type { Verdict } from './refusal.ts'

/** What would happen to a resource, in the words of a plan. */
export type PlannedAction = 'add' | 'adopt' | 'change' | 'replace' | 'remove'

export interface PlannedChange {
  readonly logicalId: string
  readonly type: string
  readonly action: PlannedAction
  /** What makes it necessary, for example `MemorySize: 1024 -> 2048`. */
  readonly reason: string
  /** What people and programs notice of it. */
  readonly risk: string
}

/** What would happen to one stack. */
export interface StackPlan {
  readonly stackName: string
  /**
   * `baseline`: told from the committed template, without asking anybody. `live`: told from how things are now, before they
   * are taken over. `change set`: CloudFormation said so.
   */
  readonly source: 'baseline' | 'live' | 'change set'
  readonly changes: readonly PlannedChange[]
  readonly verdict: Verdict
  /** What else there is to know, a sentence each. */
  readonly notes: readonly string[]
}

/** In the order a reader wants them: what must not be first, what is new last. */
const ORDER: readonly PlannedAction[] = ['remove', 'replace', 'change', 'adopt', 'add']

export function inReadingOrder(changes: readonly PlannedChange[]): readonly PlannedChange[] {
  return changes.toSorted(
    (a, b) =>
      ORDER.indexOf(a.action) - ORDER.indexOf(b.action) ||
      a.type.localeCompare(b.type) ||
      a.logicalId.localeCompare(b.logicalId),
  )
}
