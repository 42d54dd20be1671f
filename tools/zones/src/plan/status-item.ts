/** How something stands. `waiting`: it is on its way and needs nobody, or needs time. */
export type Standing = 'right' | 'wrong' | 'missing' | 'waiting'

/** One thing that a stage needs, and how it stands. */
export interface StatusItem {
  /** Line of the checklist it belongs to. */
  readonly group:
    | 'Stacks'
    | 'DNS'
    | 'Certificates'
    | 'Buckets'
    | 'Functions'
    | 'Distributions'
    | 'API'
    | 'Roles'
    | 'Secrets'
    | 'The rest'
  readonly name: string
  readonly standing: Standing
  /** What is wrong with it, a clause each. Empty when it is right. */
  readonly findings: readonly string[]
  /** What to do about it. Empty when there is nothing to do. */
  readonly next: string
}
