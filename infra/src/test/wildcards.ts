import type { SynthesizedStack } from './synthesized.ts'

/** Something that is allowed on everything, or everything of a service, and why. */
export interface WildcardReason {
  /** Type of the resource whose policy says so. */
  readonly type: string
  /** The actions of the line, as they are written, joined by blanks. */
  readonly actions: RegExp
  readonly why: string
}

export const wildcardReasons: readonly WildcardReason[] = [
  {
    type: 'AWS::IAM::ManagedPolicy',
    actions: /^xray:PutTraceSegments xray:PutTelemetryRecords$/,
    why: 'Traces belong to no resource.',
  },
  {
    type: 'AWS::IAM::ManagedPolicy',
    actions: /^ec2:CreateNetworkInterface ec2:Describe/,
    why: 'Lambda puts functions into a VPC with these and tells no interface before it is made; the function’s own code is refused them.',
  },
  {
    type: 'AWS::KMS::Key',
    actions: /^kms:\*$/,
    why: 'Without the account in its policy nobody could change a key again. In a key’s policy * means the key.',
  },
  {
    type: 'AWS::KMS::Key',
    actions: /^kms:Encrypt\* kms:Decrypt\* kms:ReEncrypt\* kms:GenerateDataKey\* kms:Describe\*$/,
    why: 'As CloudWatch Logs documents it, and for log groups of this account. In a key’s policy * means the key.',
  },
  {
    type: 'AWS::KMS::Key',
    actions: /^kms:Decrypt kms:GenerateDataKey\*$/,
    why: 'Alarms of this account publish to an encrypted topic. In a key’s policy * means the key.',
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    actions: /^s3:GetObject s3:PutObject s3:DeleteObject s3:ListBucket$/,
    why: 'A bucket’s ARN has no account in it; the condition has, for who asks and for what is asked.',
  },
]

export interface Wildcard {
  readonly id: string
  readonly type: string
  readonly actions: string
}

/** Every line that allows something on `*`, or an action with a `*`, in any policy of a stack. */
export function wildcardsIn({ resources }: Pick<SynthesizedStack, 'resources'>): readonly Wildcard[] {
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
    statementsIn(Properties).flatMap(({ Effect, Action, Resource }) => {
      const actions = [Action].flat().map(String)
      const isWild = [Resource].flat().includes('*') || actions.some((one) => one.includes('*'))
      return Effect === 'Allow' && isWild ? [{ id, type: Type, actions: actions.join(' ') }] : []
    }),
  )
}

interface Statement {
  readonly Effect: unknown
  readonly Action: unknown
  readonly Resource: unknown
}

/** Statements wherever they stand; a log resource policy holds them as text. */
function statementsIn(value: unknown): readonly Statement[] {
  if (typeof value === 'string' && value.startsWith('{"Version"')) return statementsIn(JSON.parse(value))
  if (Array.isArray(value)) return value.flatMap(statementsIn)
  if (typeof value !== 'object' || value === null) return []
  if ('Effect' in value && 'Action' in value && 'Resource' in value) return [value]
  return Object.values(value).flatMap(statementsIn)
}
