import { invalid, isObject } from './template.ts'

export type UpdateAction = 'Update:Modify' | 'Update:Replace' | 'Update:Delete'

interface Statement {
  readonly Effect?: unknown
  readonly Action?: unknown
  readonly NotAction?: unknown
  readonly Resource?: unknown
  readonly NotResource?: unknown
  readonly Condition?: unknown
}

/** @throws AwsError ValidationError for a document that is no stack policy */
export function checkStackPolicy(body: string): void {
  try {
    if (statementsOf(body).length > 0) return
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
  }
  throw invalid('Error validating stack policy: Invalid stack policy')
}

/**
 * Why a stack policy does not let a resource be changed; undefined when it does. With a policy, what nothing allows is
 * denied, and a denial overrides.
 * @source AWS CloudFormation User Guide, "Prevent updates to stack resources"
 */
export function deniedByPolicy(
  body: string | undefined,
  action: UpdateAction,
  { logicalId, type }: { readonly logicalId: string; readonly type: string },
): string | undefined {
  if (body === undefined) return undefined
  const applying = statementsOf(body)
    .map((statement, i) => ({ statement, number: i + 1 }))
    .filter(({ statement }) => applies(statement, action, logicalId, type))
  const denial = applying.find(({ statement }) => statement.Effect === 'Deny')
  if (denial === undefined && applying.some(({ statement }) => statement.Effect === 'Allow')) return undefined
  return `Action denied by stack policy: Statement [#${denial?.number ?? 0}] does not allow [${action}] for resource [LogicalResourceId/${logicalId}]`
}

function statementsOf(body: string): readonly Statement[] {
  const document: unknown = JSON.parse(body)
  const statements = isObject(document) ? document.Statement : undefined
  return (Array.isArray(statements) ? statements : isObject(statements) ? [statements] : []) as readonly Statement[]
}

function applies(statement: Statement, action: UpdateAction, logicalId: string, type: string): boolean {
  const acts = statement.NotAction === undefined ? fits(statement.Action, action) : !fits(statement.NotAction, action)
  const resource = `LogicalResourceId/${logicalId}`
  const names =
    statement.NotResource === undefined ? fits(statement.Resource, resource) : !fits(statement.NotResource, resource)
  return acts && names && fitsCondition(statement.Condition, type)
}

function fits(patterns: unknown, value: string): boolean {
  return (Array.isArray(patterns) ? patterns : [patterns]).some((pattern) =>
    new RegExp(
      `^${String(pattern)
        .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replace(/\*/g, '.*')}$`,
    ).test(value),
  )
}

/** Only the resource's type can be asked for. */
function fitsCondition(condition: unknown, type: string): boolean {
  if (!isObject(condition)) return true
  return Object.entries(condition).every(([, operands]) => !isObject(operands) || fits(operands.ResourceType, type))
}
