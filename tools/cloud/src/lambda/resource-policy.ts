import type { PolicyStatement } from './function-state.ts'

/** Who asks for what, as far as statements look at it. */
export interface PolicyQuestion {
  /** A service such as `cloudfront.amazonaws.com`; undefined: anybody. */
  readonly service: string | undefined
  readonly action: string
  readonly resource: string
  /** By condition key, in lower case. */
  readonly facts: Readonly<Record<string, string>>
}

/**
 * Whether one of the statements allows it. An operator or a key that is not known here fulfils nothing.
 * @source IAM User Guide, "IAM JSON policy elements: Condition operators"; AWS Lambda Developer Guide, "Viewing resource-based IAM policies in Lambda"
 */
export function isAllowed(statements: readonly PolicyStatement[], question: PolicyQuestion): boolean {
  return statements.some(
    ({ Effect, Principal, Action, Resource, Condition = {} }) =>
      Effect === 'Allow' &&
      isPrincipal(Principal, question.service) &&
      (Action === '*' || Action === 'lambda:*' || Action === question.action) &&
      Resource === question.resource &&
      Object.entries(Condition as Conditions).every(([operator, wanted]) =>
        Object.entries(wanted).every(([key, value]) => holds(operator, value, question.facts[key.toLowerCase()])),
      ),
  )
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>

function isPrincipal(principal: unknown, service: string | undefined): boolean {
  if (principal === '*') return true
  return service !== undefined && (principal as { readonly Service?: string }).Service === service
}

function holds(operator: string, wanted: string, given: string | undefined): boolean {
  if (given === undefined) return false
  switch (operator) {
    case 'StringEquals':
      return given === wanted
    case 'Bool':
      return given.toLowerCase() === wanted.toLowerCase()
    case 'ArnLike':
    case 'ArnEquals':
      return isArnLike(wanted, given)
    default:
      return false
  }
}

/** Each of an ARN's six parts by itself, with `*` and `?`. */
function isArnLike(pattern: string, arn: string): boolean {
  const [wanted, given] = [partsOf(pattern), partsOf(arn)]
  return wanted.every((part, index) => wildcard(part).test(given[index] ?? ''))
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':')
  return [...parts.slice(0, 5), parts.slice(5).join(':')]
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
}
