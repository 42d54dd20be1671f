import * as iam from '@aws-sdk/client-iam'
import type { JsonObject } from '../engine/template.ts'
import { documentOf } from './iam-roles.ts'
import { given, type Kind, madeUpName, orAbsent, tagsOf, text, type Work } from './kind.ts'

/** @source AWS CloudFormation Template Reference, "AWS::IAM::ManagedPolicy" */
export const managedPolicy: Kind = {
  type: 'AWS::IAM::ManagedPolicy',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const { Policy } = await work.clients.iam.send(
      new iam.CreatePolicyCommand({
        PolicyName: text(properties, 'ManagedPolicyName') || madeUpName(work),
        PolicyDocument: JSON.stringify(properties.PolicyDocument),
        ...(properties.Path === undefined ? {} : { Path: text(properties, 'Path') }),
        ...(properties.Description === undefined ? {} : { Description: text(properties, 'Description') }),
      }),
    )
    const arn = Policy?.Arn ?? ''
    await attach(arn, properties, {}, work)
    return { id: arn, attributes: { PolicyArn: arn, PolicyId: Policy?.PolicyId, DefaultVersionId: 'v1' } }
  },
  update: async ({ id, attributes }, properties, before, work) => {
    const PolicyDocument = JSON.stringify(properties.PolicyDocument)
    const { Versions = [] } = await work.clients.iam.send(new iam.ListPolicyVersionsCommand({ PolicyArn: id }))
    // A policy has five versions at most: the oldest makes room, as CloudFormation does it.
    const oldest = Versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion).at(-1)
    if (Versions.length >= 5 && oldest?.VersionId !== undefined) {
      await work.clients.iam.send(new iam.DeletePolicyVersionCommand({ PolicyArn: id, VersionId: oldest.VersionId }))
    }
    const { PolicyVersion } = await work.clients.iam.send(
      new iam.CreatePolicyVersionCommand({ PolicyArn: id, PolicyDocument, SetAsDefault: true }),
    )
    await attach(id, properties, before, work)
    return { ...attributes, DefaultVersionId: PolicyVersion?.VersionId }
  },
  delete: async ({ id }, properties, work) => {
    await orAbsent(attach(id, {}, properties, work))
    const found = await orAbsent(work.clients.iam.send(new iam.ListPolicyVersionsCommand({ PolicyArn: id })))
    for (const { VersionId, IsDefaultVersion } of found?.Versions ?? []) {
      if (!IsDefaultVersion)
        await work.clients.iam.send(new iam.DeletePolicyVersionCommand({ PolicyArn: id, VersionId }))
    }
    await orAbsent(work.clients.iam.send(new iam.DeletePolicyCommand({ PolicyArn: id })))
  },
  read: async ({ PolicyArn }, { clients }) => {
    const arn = String(PolicyArn)
    const found = await orAbsent(clients.iam.send(new iam.GetPolicyCommand({ PolicyArn: arn })))
    if (found?.Policy === undefined) return undefined
    const { DefaultVersionId: VersionId, PolicyName, Description, Path, PolicyId } = found.Policy
    const { PolicyVersion } = await clients.iam.send(new iam.GetPolicyVersionCommand({ PolicyArn: arn, VersionId }))
    return {
      id: arn,
      attributes: { PolicyArn: arn, PolicyId, DefaultVersionId: VersionId },
      properties: given({
        ...{ ManagedPolicyName: PolicyName, Description, Path },
        PolicyDocument: documentOf(PolicyVersion?.Document ?? '{}'),
      }),
    }
  },
  list: async ({ clients }) => {
    const { Policies = [] } = await clients.iam.send(new iam.ListPoliciesCommand({ Scope: 'Local' }))
    return Policies.map(({ Arn }) => ({ PolicyArn: Arn }))
  },
}

/** @source AWS CloudFormation Template Reference, "AWS::IAM::OIDCProvider" */
export const oidcProvider: Kind = {
  type: 'AWS::IAM::OIDCProvider',
  drift: true,
  importable: true,
  create: async (properties, { clients }) => {
    const { OpenIDConnectProviderArn: arn = '' } = await clients.iam.send(
      new iam.CreateOpenIDConnectProviderCommand({
        Url: text(properties, 'Url'),
        ClientIDList: listOf(properties, 'ClientIdList'),
        ThumbprintList: listOf(properties, 'ThumbprintList'),
        Tags: tagsOf(properties),
      }),
    )
    return { id: arn, attributes: { Arn: arn } }
  },
  update: async ({ id, attributes }, properties, before, { clients }) => {
    const wanted = listOf(properties, 'ClientIdList')
    const had = listOf(before, 'ClientIdList')
    const about = { OpenIDConnectProviderArn: id }
    for (const ClientID of wanted.filter((one) => !had.includes(one))) {
      await clients.iam.send(new iam.AddClientIDToOpenIDConnectProviderCommand({ ...about, ClientID }))
    }
    for (const ClientID of had.filter((one) => !wanted.includes(one))) {
      await clients.iam.send(new iam.RemoveClientIDFromOpenIDConnectProviderCommand({ ...about, ClientID }))
    }
    return attributes
  },
  delete: async ({ id }, _properties, { clients }) => {
    await orAbsent(clients.iam.send(new iam.DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: id })))
  },
  read: async ({ Arn }, { clients }) => {
    const about = { OpenIDConnectProviderArn: String(Arn) }
    const found = await orAbsent(clients.iam.send(new iam.GetOpenIDConnectProviderCommand(about)))
    if (found === undefined) return undefined
    const { Url = '', ClientIDList, ThumbprintList, Tags = [] } = found
    return {
      id: String(Arn),
      attributes: { Arn },
      properties: {
        Url: Url.startsWith('https://') ? Url : `https://${Url}`,
        ClientIdList: ClientIDList,
        ThumbprintList,
        ...(Tags.length === 0 ? {} : { Tags }),
      },
    }
  },
  list: async ({ clients }) => {
    const { OpenIDConnectProviderList = [] } = await clients.iam.send(new iam.ListOpenIDConnectProvidersCommand({}))
    return OpenIDConnectProviderList.map(({ Arn }) => ({ Arn }))
  },
}

async function attach(PolicyArn: string, properties: JsonObject, before: JsonObject, { clients }: Work): Promise<void> {
  const wanted = listOf(properties, 'Roles')
  for (const RoleName of wanted) await clients.iam.send(new iam.AttachRolePolicyCommand({ RoleName, PolicyArn }))
  for (const RoleName of listOf(before, 'Roles').filter((one) => !wanted.includes(one))) {
    await orAbsent(clients.iam.send(new iam.DetachRolePolicyCommand({ RoleName, PolicyArn })))
  }
}

function listOf(properties: JsonObject, name: string): string[] {
  const value = properties[name]
  return Array.isArray(value) ? value.map(String) : []
}
