/** A check of cfn-lint that is not followed, for one resource. */
export interface LintException {
  readonly check: string
  /** Logical id and property, for example `DatabaseCluster.EngineVersion`. */
  readonly place: RegExp
  readonly why: string
}

export const lintExceptions: readonly LintException[] = [
  {
    check: 'E3690',
    place: /^DatabaseCluster\.EngineVersion$/,
    why: 'The list of engine versions in 1.51.0 ends before 18, which the product needs; CloudFormation Validate knows 18.4.',
  },
]
