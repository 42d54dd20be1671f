import type * as sdk from '@aws-sdk/client-cloudfront'
import type { JsonObject } from '../engine/template.ts'
import { frontOf } from './distributions.ts'
import { given, type Kind, orAbsent, shownTags, tagsOf, text, type Work } from './kind.ts'

/** @source AWS CloudFormation Template Reference, "AWS::CloudFront::Function" */
export const edgeFunction: Kind = {
  type: 'AWS::CloudFront::Function',
  drift: true,
  // Says what to do with the code, not what the function is.
  unread: ['AutoPublish'],
  importable: true,
  create: async (properties, work) => {
    const made = await frontOf(work)('createFunction', {
      ...{ Name: text(properties, 'Name'), ...codeOf(properties), Tags: { Items: tagsOf(properties) } },
    })
    return publish(properties, made.ETag, work)
  },
  update: async ({ id }, properties, _before, work) => {
    const { name, etag, tags } = storedOf(id, work)
    tags.clear()
    for (const { Key, Value } of tagsOf(properties)) tags.set(Key, Value)
    const changed = await frontOf(work)('updateFunction', { Name: name, IfMatch: etag, ...codeOf(properties) })
    return (await publish(properties, changed.ETag, work)).attributes
  },
  delete: async ({ id }, _properties, work) => {
    const stored = await orAbsent(Promise.resolve().then(() => storedOf(id, work)))
    if (stored !== undefined) await frontOf(work)('deleteFunction', { Name: stored.name, IfMatch: stored.etag })
  },
  read: async ({ FunctionARN }, work) => {
    const stored = [...work.world.cloudFront.functions.values()].find(
      ({ arn, accountId }) => arn === FunctionARN && accountId === work.accountId,
    )
    if (stored === undefined) return undefined
    return {
      id: stored.arn,
      attributes: attributesOf(stored.arn, stored.live !== undefined),
      properties: {
        Name: stored.name,
        FunctionConfig: stored.config,
        FunctionCode: Buffer.from(stored.code).toString('utf8'),
        ...given({ Tags: shownTags(stored.tags) }),
      },
    }
  },
  list: async ({ world, accountId }) =>
    [...world.cloudFront.functions.values()]
      .filter((one) => one.accountId === accountId)
      .map(({ arn }) => ({ FunctionARN: arn })),
}

function codeOf(properties: JsonObject) {
  const { Comment = '', Runtime } = properties.FunctionConfig as sdk.FunctionConfig
  return {
    FunctionConfig: { Comment, Runtime },
    FunctionCode: new Uint8Array(Buffer.from(text(properties, 'FunctionCode'))),
  }
}

/** Only with `AutoPublish` does what was sent take effect. */
async function publish(properties: JsonObject, IfMatch: string | undefined, work: Work) {
  const Name = text(properties, 'Name')
  const isPublished = text(properties, 'AutoPublish') === 'true'
  if (isPublished) await frontOf(work)('publishFunction', { Name, IfMatch })
  const arn = `arn:aws:cloudfront::${work.accountId}:function/${Name}`
  return { id: arn, attributes: attributesOf(arn, isPublished) }
}

function attributesOf(arn: string, isLive: boolean): JsonObject {
  return { FunctionARN: arn, 'FunctionMetadata.FunctionARN': arn, Stage: isLive ? 'LIVE' : 'DEVELOPMENT' }
}

function storedOf(arn: string, { world, accountId }: Work) {
  return world.cloudFront.function(accountId, arn.split('/').at(-1))
}
