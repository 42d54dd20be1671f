import { randomUUID } from 'node:crypto'
import type { AddPermissionRequest, Lambda } from '@aws-sdk/client-lambda'
import type { CallContext, Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { functionAddress } from './function-name.ts'
import { type LambdaState, type PolicyStatement, requireRevision, versionOf } from './function-state.ts'

/** Who may invoke: a policy for the function itself, and one for each version and alias. @source AWS Lambda API Reference, "AddPermission" */
export function permissionHandlers(state: LambdaState): Handlers<Lambda> {
  const find = (given: string | undefined, qualifier: string | undefined, context: CallContext) => {
    const address = functionAddress(given, qualifier, context)
    const fn = state.get(context.accountId, address.name, context.region)
    if (address.qualifier === '$LATEST') {
      throw new AwsError('InvalidParameterValueException', 'We currently do not support adding policies for $LATEST.')
    }
    if (address.qualifier !== undefined) versionOf(fn, address.qualifier)
    const key = address.qualifier ?? ''
    return { fn, key, arn: key === '' ? fn.arn : `${fn.arn}:${key}`, policy: fn.policies.get(key) }
  }
  const absent = () =>
    new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404, { Type: 'User' })
  return {
    addPermission: (input, context) => {
      const { fn, key, arn, policy } = find(input.FunctionName, input.Qualifier, context)
      const { StatementId = '', Action = '' } = input
      if (!/^[a-zA-Z0-9-_]{1,100}$/.test(StatementId)) {
        throw new AwsError(
          'ValidationException',
          `1 validation error detected: Value '${StatementId}' at 'statementId' failed to satisfy constraint: Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)`,
        )
      }
      if (!/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/.test(Action)) {
        throw new AwsError(
          'ValidationException',
          `1 validation error detected: Value '${Action}' at 'action' failed to satisfy constraint: Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])`,
        )
      }
      requireRevision(input.RevisionId, policy?.revisionId, 'GetPolicy')
      const statements = policy?.statements ?? []
      if (statements.some(({ Sid }) => Sid === StatementId)) {
        throw new AwsError(
          'ResourceConflictException',
          `The statement id (${StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
          409,
          { Type: 'User' },
        )
      }
      const statement = statementOf(input, arn)
      fn.policies.set(key, { statements: [...statements, statement], revisionId: randomUUID() })
      return { Statement: JSON.stringify(statement) }
    },
    removePermission: ({ FunctionName, Qualifier, StatementId, RevisionId }, context) => {
      const { fn, key, policy } = find(FunctionName, Qualifier, context)
      if (policy === undefined) {
        throw new AwsError('ResourceNotFoundException', 'No policy is associated with the given resource.', 404, {
          Type: 'User',
        })
      }
      requireRevision(RevisionId, policy.revisionId, 'GetPolicy')
      const left = policy.statements.filter(({ Sid }) => Sid !== StatementId)
      if (left.length === policy.statements.length) {
        throw new AwsError(
          'ResourceNotFoundException',
          `Statement ${StatementId} is not found in resource policy.`,
          404,
          { Type: 'User' },
        )
      }
      if (left.length === 0) fn.policies.delete(key)
      else fn.policies.set(key, { statements: left, revisionId: randomUUID() })
      return {}
    },
    getPolicy: ({ FunctionName, Qualifier }, context) => {
      const { policy } = find(FunctionName, Qualifier, context)
      if (policy === undefined) throw absent()
      const document = { Version: '2012-10-17', Id: 'default', Statement: policy.statements }
      return { Policy: JSON.stringify(document), RevisionId: policy.revisionId }
    },
  }
}

/** The statement that a permission is written as. */
export function statementOf(input: AddPermissionRequest, resource: string): PolicyStatement {
  const { StatementId = '', Action, Principal = '', SourceArn, SourceAccount, PrincipalOrgID } = input
  const condition: Record<string, Record<string, string>> = {
    ...(SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': SourceArn } }),
  }
  const equals: Record<string, string> = {
    ...(SourceAccount === undefined ? {} : { 'AWS:SourceAccount': SourceAccount }),
    ...(PrincipalOrgID === undefined ? {} : { 'aws:PrincipalOrgID': PrincipalOrgID }),
    ...(input.FunctionUrlAuthType === undefined ? {} : { 'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType }),
  }
  if (Object.keys(equals).length > 0) condition.StringEquals = equals
  if (input.InvokedViaFunctionUrl) condition.Bool = { 'lambda:InvokedViaFunctionUrl': 'true' }
  return {
    ...{ Sid: StatementId, Effect: 'Allow', Principal: principalOf(Principal), Action, Resource: resource },
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  }
}

function principalOf(principal: string): unknown {
  if (principal === '*') return '*'
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` }
  if (principal.startsWith('arn:')) return { AWS: principal }
  if (/^[a-z0-9.-]+\.amazonaws\.com$/.test(principal)) return { Service: principal }
  const message = 'The provided principal was invalid. Please check the principal and try again.'
  throw new AwsError('InvalidParameterValueException', message)
}
