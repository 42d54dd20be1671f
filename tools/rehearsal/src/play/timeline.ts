import type { RoutingMode } from '@sax/topology'

/** One thing that was done in a rehearsal, and whether it came out as it has to. */
export interface Act {
  readonly title: string
  /** Milliseconds since the beginning. */
  readonly startedMs: number
  readonly tookMs: number
  readonly isRight: boolean
  /** What was seen, in a sentence; of what went otherwise, all that the command said. */
  readonly told: string
  /** Debts of docs/incidents.md that it stages. */
  readonly incidents: readonly string[]
  /** Steps that the command itself measured. */
  readonly steps: readonly { readonly name: string; readonly tookMs: number }[]
}

/** What an act has to say of itself. */
export type Seen = Pick<Act, 'isRight' | 'told'> & Partial<Pick<Act, 'steps' | 'incidents'>>

/** Acts of a rehearsal in the order in which they were played. */
export interface Timeline {
  readonly stage: string
  /** That it was made with. */
  readonly routing: RoutingMode
  /** ISO 8601. */
  readonly startedAt: string
  readonly acts: readonly Act[]
}

/** True when every act came out as it has to, and there was one. */
export function isGreen({ acts }: Pick<Timeline, 'acts'>): boolean {
  return acts.length > 0 && acts.every(({ isRight }) => isRight)
}

/** How long each step took, for people. */
export function stepsText(steps: Act['steps']): string {
  return steps.map(({ name, tookMs }) => `${name} ${(tookMs / 1000).toFixed(1)} s`).join(' · ')
}

/** Minutes and seconds since the beginning, for people. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
