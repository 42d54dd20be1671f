import * as s3 from '@aws-sdk/client-s3'
import { setLogging } from '../../s3/bucket-logging.ts'
import { policyForMoto, policyFromMoto } from '../../s3/policy-in-moto.ts'
import { bucketTaken } from '../../s3/s3-guard.ts'
import { AwsError } from '../../wire/aws-error.ts'
import { invalid, type JsonObject } from '../engine/template.ts'
import { isAbsent, type Kind, madeUpName, orAbsent, tagsOf, text, type Work } from './kind.ts'
import { lifecycleFromS3, lifecycleToS3 } from './s3-lifecycle.ts'

/** Properties that are brought to S3. Another one would be forgotten silently, so it is refused. */
const APPLIED = [
  ...['BucketName', 'VersioningConfiguration', 'BucketEncryption', 'PublicAccessBlockConfiguration'],
  ...['OwnershipControls', 'LifecycleConfiguration', 'LoggingConfiguration', 'Tags'],
]

/** @source AWS CloudFormation Template Reference, "AWS::S3::Bucket" */
export const bucket: Kind = {
  type: 'AWS::S3::Bucket',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const Bucket = text(properties, 'BucketName') || madeUpName(work, 63).toLowerCase()
    const owner = work.world.buckets.of(Bucket)
    if (owner !== undefined && owner !== work.accountId) throw bucketTaken()
    if (owner !== undefined) throw new AwsError('BucketAlreadyOwnedByYou', `${Bucket} already exists`, 409)
    await work.clients.s3.send(new s3.CreateBucketCommand({ Bucket }))
    work.world.buckets.set(Bucket, work.accountId)
    await apply(Bucket, properties, work)
    return { id: Bucket, attributes: attributesOf(Bucket, work) }
  },
  update: async ({ id }, properties, _before, work) => {
    await apply(id, properties, work)
    return attributesOf(id, work)
  },
  delete: async ({ id }, _properties, work) => {
    await orAbsent(work.clients.s3.send(new s3.DeleteBucketCommand({ Bucket: id })))
    work.world.buckets.delete(id)
  },
  read: async ({ BucketName }, work) => {
    const Bucket = String(BucketName)
    if (work.world.buckets.of(Bucket) !== work.accountId) return undefined
    return { id: Bucket, attributes: attributesOf(Bucket, work), properties: await readBack(Bucket, work) }
  },
  list: async ({ clients, accountId, world }) => {
    const { Buckets = [] } = await clients.s3.send(new s3.ListBucketsCommand({}))
    return Buckets.filter(({ Name = '' }) => world.buckets.of(Name) === accountId).map(({ Name }) => ({
      BucketName: Name,
    }))
  },
}

/** @source AWS CloudFormation Template Reference, "AWS::S3::BucketPolicy" */
export const bucketPolicy: Kind = {
  type: 'AWS::S3::BucketPolicy',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const Bucket = text(properties, 'Bucket')
    if ((await policyOf(Bucket, work)) !== undefined) {
      throw new AwsError('AlreadyExists', `The bucket policy already exists on bucket ${Bucket}.`)
    }
    await putPolicy(Bucket, properties, work)
    return { id: Bucket, attributes: {} }
  },
  update: async ({ id }, properties, _before, work) => {
    await putPolicy(id, properties, work)
    return {}
  },
  delete: async ({ id }, _properties, { clients }) => {
    await orAbsent(clients.s3.send(new s3.DeleteBucketPolicyCommand({ Bucket: id })))
  },
  read: async ({ Bucket }, work) => {
    const PolicyDocument = await policyOf(String(Bucket), work)
    return PolicyDocument && { id: String(Bucket), attributes: {}, properties: { Bucket, PolicyDocument } }
  },
}

async function policyOf(Bucket: string, { clients }: Work): Promise<JsonObject | undefined> {
  const found = await orAbsent(clients.s3.send(new s3.GetBucketPolicyCommand({ Bucket })))
  return found?.Policy === undefined ? undefined : JSON.parse(policyFromMoto(found.Policy))
}

async function putPolicy(Bucket: string, { PolicyDocument }: JsonObject, { clients }: Work): Promise<void> {
  const Policy = policyForMoto(JSON.stringify(PolicyDocument))
  await clients.s3.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }))
}

function attributesOf(Bucket: string, { region }: Work): JsonObject {
  return {
    Arn: `arn:aws:s3:::${Bucket}`,
    DomainName: `${Bucket}.s3.amazonaws.com`,
    RegionalDomainName: `${Bucket}.s3.${region}.amazonaws.com`,
    DualStackDomainName: `${Bucket}.s3.dualstack.${region}.amazonaws.com`,
    WebsiteURL: `http://${Bucket}.s3-website-${region}.amazonaws.com`,
  }
}

/** As much as is brought to S3 of a bucket's properties. */
interface BucketProperties {
  readonly VersioningConfiguration?: s3.VersioningConfiguration
  readonly BucketEncryption?: { readonly ServerSideEncryptionConfiguration: readonly EncryptionRule[] }
  readonly PublicAccessBlockConfiguration?: s3.PublicAccessBlockConfiguration
  readonly OwnershipControls?: s3.OwnershipControls
  readonly LifecycleConfiguration?: { readonly Rules: readonly JsonObject[] }
  readonly LoggingConfiguration?: { readonly DestinationBucketName: string; readonly LogFilePrefix?: string }
}

interface EncryptionRule {
  readonly ServerSideEncryptionByDefault?: s3.ServerSideEncryptionByDefault
  readonly BucketKeyEnabled?: boolean
}

async function apply(Bucket: string, properties: JsonObject, work: Work): Promise<void> {
  const { s3: client } = work.clients
  const [unknown] = Object.keys(properties).filter((name) => !APPLIED.includes(name))
  if (unknown !== undefined) throw invalid(`The laptop's AWS does not bring ${unknown} of a bucket to S3.`)
  const wanted = properties as BucketProperties
  if (wanted.VersioningConfiguration !== undefined) {
    await client.send(
      new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: wanted.VersioningConfiguration }),
    )
  }
  if (wanted.BucketEncryption !== undefined) {
    const Rules = wanted.BucketEncryption.ServerSideEncryptionConfiguration.map((rule) => ({
      ...(rule.ServerSideEncryptionByDefault
        ? { ApplyServerSideEncryptionByDefault: rule.ServerSideEncryptionByDefault }
        : {}),
      BucketKeyEnabled: rule.BucketKeyEnabled ?? false,
    }))
    await client.send(new s3.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }))
  }
  if (wanted.PublicAccessBlockConfiguration !== undefined) {
    const configuration = wanted.PublicAccessBlockConfiguration
    await client.send(new s3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: configuration }))
  }
  if (wanted.OwnershipControls !== undefined) {
    await client.send(new s3.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: wanted.OwnershipControls }))
  }
  if (wanted.LifecycleConfiguration !== undefined) {
    const LifecycleConfiguration = { Rules: lifecycleToS3(wanted.LifecycleConfiguration.Rules) }
    await client.send(new s3.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }))
  }
  if (wanted.LoggingConfiguration !== undefined) {
    const { DestinationBucketName: TargetBucket, LogFilePrefix: TargetPrefix = '' } = wanted.LoggingConfiguration
    setLogging(work.world.buckets, Bucket, work.accountId, { TargetBucket, TargetPrefix })
  }
  const TagSet = tagsOf(properties)
  if (TagSet.length > 0) await client.send(new s3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }))
}

async function readBack(Bucket: string, { clients: { s3: client }, world }: Work): Promise<JsonObject> {
  const [versioning, encryption, access, ownership, lifecycle, tagging] = await Promise.all([
    client.send(new s3.GetBucketVersioningCommand({ Bucket })),
    unlessUnset(client.send(new s3.GetBucketEncryptionCommand({ Bucket }))),
    unlessUnset(client.send(new s3.GetPublicAccessBlockCommand({ Bucket }))),
    unlessUnset(client.send(new s3.GetBucketOwnershipControlsCommand({ Bucket }))),
    unlessUnset(client.send(new s3.GetBucketLifecycleConfigurationCommand({ Bucket }))),
    unlessUnset(client.send(new s3.GetBucketTaggingCommand({ Bucket }))),
  ])
  const rules = encryption?.ServerSideEncryptionConfiguration?.Rules
  const target = world.buckets.logging(Bucket)
  return {
    BucketName: Bucket,
    ...(versioning.Status === undefined ? {} : { VersioningConfiguration: { Status: versioning.Status } }),
    ...(rules === undefined
      ? {}
      : {
          BucketEncryption: {
            ServerSideEncryptionConfiguration: rules.map((rule) => ({
              ...(rule.BucketKeyEnabled ? { BucketKeyEnabled: true } : {}),
              ServerSideEncryptionByDefault: rule.ApplyServerSideEncryptionByDefault,
            })),
          },
        }),
    ...(access === undefined ? {} : { PublicAccessBlockConfiguration: access.PublicAccessBlockConfiguration }),
    ...(ownership === undefined ? {} : { OwnershipControls: ownership.OwnershipControls }),
    ...(lifecycle === undefined ? {} : { LifecycleConfiguration: { Rules: lifecycleFromS3(lifecycle.Rules ?? []) } }),
    ...(target === undefined
      ? {}
      : { LoggingConfiguration: { DestinationBucketName: target.TargetBucket, LogFilePrefix: target.TargetPrefix } }),
    ...(tagging === undefined ? {} : { Tags: tagging.TagSet }),
  }
}

/** S3 answers 404 for what is not set. */
async function unlessUnset<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked
  } catch (error) {
    const isUnset =
      error instanceof Error &&
      /^(NoSuch|ServerSideEncryptionConfigurationNotFound|OwnershipControlsNotFound)/.test(error.name)
    if (isUnset || isAbsent(error)) return undefined
    throw error
  }
}
