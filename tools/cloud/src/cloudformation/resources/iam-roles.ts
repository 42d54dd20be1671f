import * as iam from '@aws-sdk/client-iam'
import { isAwsPolicy } from '../../iam/aws-policies.ts'
import type { JsonObject } from '../engine/template.ts'
import { given, type Kind, madeUpName, orAbsent, tagsOf, text, type Work } from './kind.ts'

interface RoleProperties {
  readonly ManagedPolicyArns?: readonly string[]
  readonly Policies?: readonly { readonly PolicyName: string; readonly PolicyDocument: JsonObject }[]
  readonly AssumeRolePolicyDocument: JsonObject
  readonly Description?: string
  readonly MaxSessionDuration?: number
  readonly Path?: string
  readonly PermissionsBoundary?: string
}

/** @source AWS CloudFormation Template Reference, "AWS::IAM::Role" */
export const role: Kind = {
  type: 'AWS::IAM::Role',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const wanted = properties as unknown as RoleProperties
    const RoleName = text(properties, 'RoleName') || madeUpName(work)
    const { Role } = await work.clients.iam.send(
      new iam.CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify(wanted.AssumeRolePolicyDocument),
        ...given({
          ...{ Description: wanted.Description, Path: wanted.Path, PermissionsBoundary: wanted.PermissionsBoundary },
          MaxSessionDuration: wanted.MaxSessionDuration && Number(wanted.MaxSessionDuration),
        }),
        Tags: tagsOf(properties),
      }),
    )
    await setPolicies(RoleName, wanted, { AssumeRolePolicyDocument: {} }, work)
    return { id: RoleName, attributes: { Arn: Role?.Arn, RoleId: Role?.RoleId } }
  },
  update: async ({ id, attributes }, properties, before, work) => {
    const wanted = properties as unknown as RoleProperties
    const { clients } = work
    const PolicyDocument = JSON.stringify(wanted.AssumeRolePolicyDocument)
    await clients.iam.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName: id, PolicyDocument }))
    await clients.iam.send(
      new iam.UpdateRoleCommand({
        RoleName: id,
        Description: wanted.Description ?? '',
        MaxSessionDuration: Number(wanted.MaxSessionDuration ?? 3600),
      }),
    )
    await setPolicies(id, wanted, before as unknown as RoleProperties, work)
    const Tags = tagsOf(properties)
    if (Tags.length > 0) await clients.iam.send(new iam.TagRoleCommand({ RoleName: id, Tags }))
    return attributes
  },
  delete: async ({ id }, properties, work) => {
    const none = { AssumeRolePolicyDocument: {} }
    await orAbsent(setPolicies(id, none, properties as unknown as RoleProperties, work))
    await orAbsent(work.clients.iam.send(new iam.DeleteRoleCommand({ RoleName: id })))
  },
  read: async ({ RoleName }, { clients, world, accountId }) => {
    const name = String(RoleName)
    const found = await orAbsent(clients.iam.send(new iam.GetRoleCommand({ RoleName: name })))
    if (found?.Role === undefined) return undefined
    const { Arn, RoleId, AssumeRolePolicyDocument = '{}', Description, MaxSessionDuration, Path, Tags } = found.Role
    const { AttachedPolicies = [] } = await clients.iam.send(
      new iam.ListAttachedRolePoliciesCommand({ RoleName: name }),
    )
    const { PolicyNames = [] } = await clients.iam.send(new iam.ListRolePoliciesCommand({ RoleName: name }))
    const inline = await Promise.all(
      PolicyNames.map((PolicyName) => clients.iam.send(new iam.GetRolePolicyCommand({ RoleName: name, PolicyName }))),
    )
    return {
      id: name,
      attributes: { Arn, RoleId },
      properties: given({
        ...{ RoleName: name, Path, Description, MaxSessionDuration },
        AssumeRolePolicyDocument: documentOf(AssumeRolePolicyDocument),
        ManagedPolicyArns: [
          ...AttachedPolicies.map(({ PolicyArn }) => PolicyArn),
          ...world.awsPolicies.of(accountId, name),
        ],
        Policies: inline.map(({ PolicyName, PolicyDocument = '{}' }) => ({
          PolicyName,
          PolicyDocument: documentOf(PolicyDocument),
        })),
        PermissionsBoundary: found.Role.PermissionsBoundary?.PermissionsBoundaryArn,
        Tags,
      }),
    }
  },
  list: async ({ clients }) => {
    const { Roles = [] } = await clients.iam.send(new iam.ListRolesCommand({}))
    return Roles.map(({ RoleName }) => ({ RoleName }))
  },
}

/** IAM gives documents in the encoding of URLs. */
export function documentOf(text: string): JsonObject {
  return JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text)
}

/** Policies of AWS's own are kept by the layer, all others by moto. */
async function attach(RoleName: string, PolicyArn: string, { clients, world, accountId }: Work): Promise<void> {
  if (isAwsPolicy(PolicyArn)) world.awsPolicies.attach(accountId, RoleName, PolicyArn)
  else await clients.iam.send(new iam.AttachRolePolicyCommand({ RoleName, PolicyArn }))
}

async function detach(RoleName: string, PolicyArn: string, { clients, world, accountId }: Work): Promise<void> {
  if (isAwsPolicy(PolicyArn)) world.awsPolicies.detach(accountId, RoleName, PolicyArn)
  else await clients.iam.send(new iam.DetachRolePolicyCommand({ RoleName, PolicyArn }))
}

async function setPolicies(
  RoleName: string,
  wanted: RoleProperties,
  before: RoleProperties,
  work: Work,
): Promise<void> {
  const { clients } = work
  const arns = wanted.ManagedPolicyArns ?? []
  for (const arn of arns) await attach(RoleName, arn, work)
  for (const arn of (before.ManagedPolicyArns ?? []).filter((one) => !arns.includes(one))) {
    await orAbsent(detach(RoleName, arn, work))
  }
  const inline = wanted.Policies ?? []
  for (const { PolicyName, PolicyDocument } of inline) {
    const document = JSON.stringify(PolicyDocument)
    await clients.iam.send(new iam.PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document }))
  }
  for (const { PolicyName } of before.Policies ?? []) {
    if (inline.some((kept) => kept.PolicyName === PolicyName)) continue
    await orAbsent(clients.iam.send(new iam.DeleteRolePolicyCommand({ RoleName, PolicyName })))
  }
}
