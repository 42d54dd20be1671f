/** What came of one look at the infrastructure. */
export interface Judgement {
  readonly kind: 'good' | 'bad' | 'left out'
  /** A few words for its line. */
  readonly says: string
  /** What is bad, each to be read by itself. */
  readonly findings: readonly string[]
}
