import * as kms from '@aws-sdk/client-kms'
import * as secrets from '@aws-sdk/client-secrets-manager'
import type { JsonObject } from '../engine/template.ts'
import { documentOf } from './iam-roles.ts'
import { given, isAbsent, type Kind, madeUpName, orAbsent, shownTags, tagsOf, text, type Work } from './kind.ts'

interface Generation {
  readonly SecretStringTemplate?: string
  readonly GenerateStringKey?: string
  readonly PasswordLength?: number
  readonly ExcludeCharacters?: string
  readonly ExcludePunctuation?: boolean
}

/** @source AWS CloudFormation Template Reference, "AWS::SecretsManager::Secret" */
export const secret: Kind = {
  type: 'AWS::SecretsManager::Secret',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const { ARN = '' } = await work.clients.secrets.send(
      new secrets.CreateSecretCommand({
        Name: text(properties, 'Name') || madeUpName(work),
        ...given({
          SecretString: await secretValue(properties, work),
          Description: properties.Description as string | undefined,
          KmsKeyId: properties.KmsKeyId as string | undefined,
        }),
        Tags: tagsOf(properties),
      }),
    )
    return { id: ARN, attributes: { Id: ARN } }
  },
  update: async ({ id, attributes }, properties, before, work) => {
    const isNew = JSON.stringify(properties.GenerateSecretString) !== JSON.stringify(before.GenerateSecretString)
    const isOther = properties.SecretString !== before.SecretString
    await work.clients.secrets.send(
      new secrets.UpdateSecretCommand({
        ...{ SecretId: id, Description: text(properties, 'Description') },
        ...(properties.KmsKeyId === undefined ? {} : { KmsKeyId: text(properties, 'KmsKeyId') }),
        ...(isNew || isOther ? given({ SecretString: await secretValue(properties, work) }) : {}),
      }),
    )
    const Tags = tagsOf(properties)
    if (Tags.length > 0) await work.clients.secrets.send(new secrets.TagResourceCommand({ SecretId: id, Tags }))
    return attributes
  },
  delete: async ({ id }, _properties, { clients }) => {
    const input = { SecretId: id, ForceDeleteWithoutRecovery: true }
    await orAbsent(clients.secrets.send(new secrets.DeleteSecretCommand(input)))
  },
  // The value is never read back: CloudFormation does not compare it either.
  unread: ['SecretString', 'GenerateSecretString'],
  read: async ({ Id }, { clients }) => {
    const found = await orAbsent(clients.secrets.send(new secrets.DescribeSecretCommand({ SecretId: String(Id) })))
    if (found === undefined || found.DeletedDate !== undefined) return undefined
    return {
      id: found.ARN ?? '',
      attributes: { Id: found.ARN },
      properties: given({
        ...{ Name: found.Name, KmsKeyId: found.KmsKeyId, Description: found.Description || undefined },
        Tags: (found.Tags ?? []).length === 0 ? undefined : found.Tags,
      }),
    }
  },
  list: async ({ clients }) => {
    const { SecretList = [] } = await clients.secrets.send(new secrets.ListSecretsCommand({}))
    return SecretList.map(({ ARN }) => ({ Id: ARN }))
  },
}

/** Undefined where the template gives neither: the secret is made empty. */
async function secretValue(
  { SecretString, GenerateSecretString }: JsonObject,
  { clients }: Work,
): Promise<string | undefined> {
  if (SecretString !== undefined) return String(SecretString)
  if (GenerateSecretString === undefined) return undefined
  const wanted = GenerateSecretString as Generation
  const { RandomPassword = '' } = await clients.secrets.send(
    new secrets.GetRandomPasswordCommand({
      PasswordLength: Number(wanted.PasswordLength ?? 32),
      ...given({
        ExcludeCharacters: wanted.ExcludeCharacters,
        ExcludePunctuation:
          wanted.ExcludePunctuation === undefined ? undefined : String(wanted.ExcludePunctuation) === 'true',
      }),
    }),
  )
  if (wanted.SecretStringTemplate === undefined || wanted.GenerateStringKey === undefined) return RandomPassword
  return JSON.stringify({ ...JSON.parse(wanted.SecretStringTemplate), [wanted.GenerateStringKey]: RandomPassword })
}

/** @source AWS CloudFormation Template Reference, "AWS::KMS::Key" */
export const key: Kind = {
  type: 'AWS::KMS::Key',
  drift: true,
  importable: true,
  create: async (properties, { clients }) => {
    const { KeyMetadata } = await clients.kms.send(
      new kms.CreateKeyCommand({
        Description: text(properties, 'Description'),
        ...(properties.KeyPolicy === undefined ? {} : { Policy: JSON.stringify(properties.KeyPolicy) }),
        Tags: tagsOf(properties).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })),
      }),
    )
    const { KeyId = '', Arn } = KeyMetadata ?? {}
    await setRotation(KeyId, properties, clients.kms)
    return { id: KeyId, attributes: { KeyId, Arn } }
  },
  update: async ({ id, attributes }, properties, _before, { clients }) => {
    await setRotation(id, properties, clients.kms)
    if (properties.KeyPolicy !== undefined) {
      const input = { KeyId: id, PolicyName: 'default', Policy: JSON.stringify(properties.KeyPolicy) }
      await clients.kms.send(new kms.PutKeyPolicyCommand(input))
    }
    const Description = text(properties, 'Description')
    await clients.kms.send(new kms.UpdateKeyDescriptionCommand({ KeyId: id, Description }))
    return attributes
  },
  delete: async ({ id }, _properties, { clients }) => {
    await orAbsent(clients.kms.send(new kms.ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 30 })))
  },
  read: async ({ KeyId }, { clients }) => {
    const id = String(KeyId)
    const found = await orAbsent(clients.kms.send(new kms.DescribeKeyCommand({ KeyId: id })))
    if (found?.KeyMetadata === undefined || found.KeyMetadata.DeletionDate !== undefined) return undefined
    const { Policy = '{}' } = await clients.kms.send(new kms.GetKeyPolicyCommand({ KeyId: id, PolicyName: 'default' }))
    const { KeyRotationEnabled } = await clients.kms.send(new kms.GetKeyRotationStatusCommand({ KeyId: id }))
    const { Tags = [] } = await clients.kms.send(new kms.ListResourceTagsCommand({ KeyId: id }))
    return {
      id,
      attributes: { KeyId: id, Arn: found.KeyMetadata.Arn },
      properties: given({
        ...{ KeyPolicy: documentOf(Policy), EnableKeyRotation: KeyRotationEnabled },
        Description: found.KeyMetadata.Description || undefined,
        Tags: shownTags(Object.fromEntries(Tags.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue]))),
      }),
    }
  },
  list: async ({ clients }) => {
    const { Keys = [] } = await clients.kms.send(new kms.ListKeysCommand({}))
    return Keys.map(({ KeyId }) => ({ KeyId }))
  },
}

/** @source AWS CloudFormation Template Reference, "AWS::KMS::Alias" */
export const keyAlias: Kind = {
  type: 'AWS::KMS::Alias',
  drift: true,
  importable: true,
  create: async (properties, { clients }) => {
    const AliasName = text(properties, 'AliasName')
    const TargetKeyId = text(properties, 'TargetKeyId')
    await clients.kms.send(new kms.CreateAliasCommand({ AliasName, TargetKeyId }))
    return { id: AliasName, attributes: {} }
  },
  update: async ({ id }, properties, _before, { clients }) => {
    const TargetKeyId = text(properties, 'TargetKeyId')
    await clients.kms.send(new kms.UpdateAliasCommand({ AliasName: id, TargetKeyId }))
    return {}
  },
  delete: async ({ id }, _properties, { clients }) => {
    await orAbsent(clients.kms.send(new kms.DeleteAliasCommand({ AliasName: id })))
  },
  read: async ({ AliasName }, { clients }) => {
    const { Aliases = [] } = await clients.kms.send(new kms.ListAliasesCommand({}))
    const found = Aliases.find((one) => one.AliasName === AliasName)
    if (found === undefined) return undefined
    return { id: String(AliasName), attributes: {}, properties: { AliasName, TargetKeyId: found.TargetKeyId } }
  },
  list: async ({ clients }) => {
    const { Aliases = [] } = await clients.kms.send(new kms.ListAliasesCommand({}))
    return Aliases.map(({ AliasName }) => ({ AliasName }))
  },
}

async function setRotation(KeyId: string, { EnableKeyRotation }: JsonObject, client: kms.KMSClient): Promise<void> {
  const wanted = String(EnableKeyRotation ?? false) === 'true'
  try {
    await client.send(
      wanted ? new kms.EnableKeyRotationCommand({ KeyId }) : new kms.DisableKeyRotationCommand({ KeyId }),
    )
  } catch (error) {
    if (!isAbsent(error)) throw error
  }
}
