import { GetRoleCommand } from '@aws-sdk/client-iam'
import type { MotoClients } from '../moto/moto-clients.ts'
import type { AccountKeys } from '../server/account-keys.ts'
import type { Guard, PassedCall } from '../server/own-api.ts'
import { learnKey } from '../sts/sts-guard.ts'
import { AwsError } from '../wire/aws-error.ts'
import type { CloudAnswer } from '../wire/messages.ts'
import { formOf } from '../wire/query-protocol.ts'
import { escaped } from '../wire/xml-writer.ts'
import { type AwsPolicies, isAwsPolicy } from './aws-policies.ts'

/** IAM: keys that it gives out are remembered, and policies of AWS's own are kept here. @source AWS Identity and Access Management API Reference */
export function iamGuard(policies: AwsPolicies, clients: MotoClients, keys: AccountKeys): Guard {
  return {
    name: 'iam',
    before: async (call) => {
      const form = formOf(call.request)
      const [role, arn] = [form.get('RoleName') ?? '', form.get('PolicyArn') ?? '']
      const isOwn = isAwsPolicy(arn)
      if (call.action === 'AttachRolePolicy' && isOwn) {
        await requireRole(clients, call, role)
        policies.attach(call.accountId, role, arn)
        return empty(call.action)
      }
      if (call.action === 'DetachRolePolicy' && isOwn) {
        policies.detach(call.accountId, role, arn)
        return empty(call.action)
      }
      if (call.action === 'DeleteRole' && policies.of(call.accountId, role).length > 0) {
        throw new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409)
      }
      return undefined
    },
    after: (call, answer) => {
      if (call.action === 'CreateAccessKey') return learnKey(keys, call, answer)
      if (call.action !== 'ListAttachedRolePolicies' || answer.status !== 200) return answer
      return withPolicies(answer, policies.of(call.accountId, formOf(call.request).get('RoleName') ?? ''))
    },
  }
}

async function requireRole(clients: MotoClients, { accountId, region }: PassedCall, RoleName: string): Promise<void> {
  try {
    await clients(accountId, region).iam.send(new GetRoleCommand({ RoleName }))
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'NoSuchEntityException') throw error
    throw new AwsError('NoSuchEntity', `The role with name ${RoleName} cannot be found.`, 404)
  }
}

function empty(action: string): CloudAnswer {
  const body = `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>laptop</RequestId></ResponseMetadata></${action}Response>`
  return { status: 200, headers: { 'content-type': 'text/xml' }, body }
}

function withPolicies(answer: CloudAnswer, arns: readonly string[]): CloudAnswer {
  if (arns.length === 0) return answer
  const members = arns.map((arn) => {
    const name = arn.split('/').at(-1) ?? ''
    return `<member><PolicyName>${escaped(name)}</PolicyName><PolicyArn>${escaped(arn)}</PolicyArn></member>`
  })
  const body = answer.body
    .toString()
    .replace(/<AttachedPolicies\s*\/>/, '<AttachedPolicies></AttachedPolicies>')
    .replace('</AttachedPolicies>', `${members.join('')}</AttachedPolicies>`)
  return { ...answer, body }
}
