import * as sns from '@aws-sdk/client-sns'
import * as sqs from '@aws-sdk/client-sqs'
import { AwsError } from '../../wire/aws-error.ts'
import { isObject, type JsonObject } from '../engine/template.ts'
import { given, type Kind, madeUpName, orAbsent, shownTags, tagRecord, tagsOf, text, type Work } from './kind.ts'

/** Attributes of a queue that a template sets by the same name. */
const QUEUE_ATTRIBUTES = [
  ...['ContentBasedDeduplication', 'DelaySeconds', 'FifoQueue', 'KmsDataKeyReusePeriodSeconds', 'KmsMasterKeyId'],
  ...['MaximumMessageSize', 'MessageRetentionPeriod', 'ReceiveMessageWaitTimeSeconds', 'RedriveAllowPolicy'],
  ...['RedrivePolicy', 'SqsManagedSseEnabled', 'VisibilityTimeout'],
] as const

/** @source AWS CloudFormation Template Reference, "AWS::SQS::Queue" */
export const queue: Kind = {
  type: 'AWS::SQS::Queue',
  drift: true,
  // moto takes it and does not give it back.
  unread: ['RedriveAllowPolicy'],
  importable: true,
  create: async (properties, work) => {
    const QueueName = text(properties, 'QueueName') || madeUpName(work, 80)
    // SQS itself gives an existing queue of the same settings again; CloudFormation does not take it over.
    const existing = await orAbsent(work.clients.sqs.send(new sqs.GetQueueUrlCommand({ QueueName })))
    if (existing !== undefined) throw new AwsError('AlreadyExists', `${QueueName} already exists`)
    await work.clients.sqs.send(
      new sqs.CreateQueueCommand({ QueueName, Attributes: queueAttributes(properties), tags: tagRecord(properties) }),
    )
    const url = `https://sqs.${work.region}.amazonaws.com/${work.accountId}/${QueueName}`
    return { id: url, attributes: queueFacts(url, work) }
  },
  update: async ({ id }, properties, _before, work) => {
    const Attributes = queueAttributes(properties)
    await work.clients.sqs.send(new sqs.SetQueueAttributesCommand({ QueueUrl: await motoUrl(id, work), Attributes }))
    return queueFacts(id, work)
  },
  delete: async ({ id }, _properties, work) => {
    const QueueUrl = await orAbsent(motoUrl(id, work))
    if (QueueUrl !== undefined) await work.clients.sqs.send(new sqs.DeleteQueueCommand({ QueueUrl }))
  },
  read: async ({ QueueUrl }, work) => {
    const url = String(QueueUrl)
    const found = await orAbsent(motoUrl(url, work))
    if (found === undefined) return undefined
    const asked = { QueueUrl: found, AttributeNames: ['All' as const] }
    const { Attributes = {} } = await work.clients.sqs.send(new sqs.GetQueueAttributesCommand(asked))
    const properties = Object.fromEntries(
      QUEUE_ATTRIBUTES.flatMap((name) => (Attributes[name] === undefined ? [] : [[name, typed(Attributes[name])]])),
    )
    const { Tags = {} } = await work.clients.sqs.send(new sqs.ListQueueTagsCommand({ QueueUrl: found }))
    return {
      id: url,
      attributes: queueFacts(url, work),
      properties: given({ QueueName: url.split('/').at(-1), ...properties, Tags: shownTags(Tags) }),
    }
  },
  list: async ({ clients, region, accountId }) => {
    const { QueueUrls = [] } = await clients.sqs.send(new sqs.ListQueuesCommand({}))
    return QueueUrls.map((url) => ({
      QueueUrl: `https://sqs.${region}.amazonaws.com/${accountId}/${url.split('/').at(-1)}`,
    }))
  },
}

/** @source AWS CloudFormation Template Reference, "AWS::SQS::QueuePolicy" */
export const queuePolicy: Kind = {
  type: 'AWS::SQS::QueuePolicy',
  drift: false,
  importable: false,
  create: async (properties, work) => {
    await setQueuePolicy(properties, JSON.stringify(properties.PolicyDocument), work)
    const id = madeUpName(work)
    return { id, attributes: { Id: id } }
  },
  update: async ({ attributes }, properties, _before, work) => {
    await setQueuePolicy(properties, JSON.stringify(properties.PolicyDocument), work)
    return attributes
  },
  delete: async (_current, properties, work) => {
    await orAbsent(setQueuePolicy(properties, '', work))
  },
}

/** moto's own address of a queue. */
async function motoUrl(url: string, { clients }: Work): Promise<string> {
  const { QueueUrl = '' } = await clients.sqs.send(
    new sqs.GetQueueUrlCommand({ QueueName: url.split('/').at(-1) ?? '' }),
  )
  return QueueUrl
}

function queueFacts(url: string, { region, accountId }: Work): JsonObject {
  const name = url.split('/').at(-1)
  return { QueueUrl: url, QueueName: name, Arn: `arn:aws:sqs:${region}:${accountId}:${name}` }
}

function queueAttributes(properties: JsonObject): Record<string, string> {
  return Object.fromEntries(
    QUEUE_ATTRIBUTES.flatMap((name) => {
      const value = properties[name]
      if (value === undefined) return []
      return [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)]]
    }),
  )
}

function typed(text: string): unknown {
  if (/^\d+$/.test(text)) return Number(text)
  if (text === 'true' || text === 'false') return text === 'true'
  return text.startsWith('{') ? JSON.parse(text) : text
}

async function setQueuePolicy({ Queues }: JsonObject, Policy: string, work: Work): Promise<void> {
  for (const url of Array.isArray(Queues) ? Queues.map(String) : []) {
    const QueueUrl = await motoUrl(url, work)
    await work.clients.sqs.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }))
  }
}

/** @source AWS CloudFormation Template Reference, "AWS::SNS::Topic" */
export const topic: Kind = {
  type: 'AWS::SNS::Topic',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const Name = text(properties, 'TopicName') || madeUpName(work)
    const arn = `arn:aws:sns:${work.region}:${work.accountId}:${Name}`
    const existing = await orAbsent(work.clients.sns.send(new sns.GetTopicAttributesCommand({ TopicArn: arn })))
    if (existing !== undefined) throw new AwsError('AlreadyExists', `${Name} already exists`)
    const Attributes = topicAttributes(properties)
    await work.clients.sns.send(new sns.CreateTopicCommand({ Name, Attributes, Tags: tagsOf(properties) }))
    return { id: arn, attributes: { TopicArn: arn, TopicName: Name } }
  },
  update: async ({ id, attributes }, properties, _before, { clients }) => {
    for (const [AttributeName, AttributeValue] of Object.entries(topicAttributes(properties))) {
      await clients.sns.send(new sns.SetTopicAttributesCommand({ TopicArn: id, AttributeName, AttributeValue }))
    }
    return attributes
  },
  delete: async ({ id }, _properties, { clients }) => {
    await orAbsent(clients.sns.send(new sns.DeleteTopicCommand({ TopicArn: id })))
  },
  read: async ({ TopicArn }, { clients }) => {
    const arn = String(TopicArn)
    const found = await orAbsent(clients.sns.send(new sns.GetTopicAttributesCommand({ TopicArn: arn })))
    if (found === undefined) return undefined
    const { DisplayName, KmsMasterKeyId } = found.Attributes ?? {}
    const { Tags = [] } = await clients.sns.send(new sns.ListTagsForResourceCommand({ ResourceArn: arn }))
    const TopicName = arn.split(':').at(-1)
    const properties = given({
      TopicName,
      DisplayName: DisplayName || undefined,
      KmsMasterKeyId: KmsMasterKeyId || undefined,
      Tags: Tags.length === 0 ? undefined : Tags,
    })
    return { id: arn, attributes: { TopicArn: arn, TopicName }, properties }
  },
  list: async ({ clients }) => {
    const { Topics = [] } = await clients.sns.send(new sns.ListTopicsCommand({}))
    return Topics.map(({ TopicArn }) => ({ TopicArn }))
  },
}

function topicAttributes(properties: JsonObject): Record<string, string> {
  const names = ['DisplayName', 'KmsMasterKeyId', 'TracingConfig', 'SignatureVersion']
  return Object.fromEntries(
    names.flatMap((name) => (properties[name] === undefined ? [] : [[name, text(properties, name)]])),
  )
}

/** @source AWS CloudFormation Template Reference, "AWS::SNS::TopicPolicy" */
export const topicPolicy: Kind = {
  type: 'AWS::SNS::TopicPolicy',
  drift: false,
  importable: false,
  create: async (properties, work) => {
    await setTopicPolicy(properties, work)
    const id = madeUpName(work)
    return { id, attributes: { Id: id } }
  },
  update: async ({ attributes }, properties, _before, work) => {
    await setTopicPolicy(properties, work)
    return attributes
  },
  // A topic has always a policy; what is left of this one stays, as nothing here reads it.
  delete: async () => undefined,
}

async function setTopicPolicy({ Topics, PolicyDocument }: JsonObject, { clients }: Work): Promise<void> {
  for (const TopicArn of Array.isArray(Topics) ? Topics.map(String) : []) {
    const input = { TopicArn, AttributeName: 'Policy', AttributeValue: JSON.stringify(PolicyDocument) }
    await clients.sns.send(new sns.SetTopicAttributesCommand(input))
  }
}

/** @source AWS CloudFormation Template Reference, "AWS::SNS::Subscription" */
export const subscription: Kind = {
  type: 'AWS::SNS::Subscription',
  drift: false,
  importable: true,
  create: async (properties, { clients }) => {
    const filter = properties.FilterPolicy
    const { SubscriptionArn = '' } = await clients.sns.send(
      new sns.SubscribeCommand({
        ...{
          TopicArn: text(properties, 'TopicArn'),
          Protocol: text(properties, 'Protocol'),
          ReturnSubscriptionArn: true,
        },
        Endpoint: text(properties, 'Endpoint'),
        ...(isObject(filter) ? { Attributes: { FilterPolicy: JSON.stringify(filter) } } : {}),
      }),
    )
    return { id: SubscriptionArn, attributes: { Arn: SubscriptionArn } }
  },
  delete: async ({ id }, _properties, { clients }) => {
    await orAbsent(clients.sns.send(new sns.UnsubscribeCommand({ SubscriptionArn: id })))
  },
  read: async ({ Arn }, { clients }) => {
    const asked = { SubscriptionArn: String(Arn) }
    const found = await orAbsent(clients.sns.send(new sns.GetSubscriptionAttributesCommand(asked)))
    if (found?.Attributes === undefined) return undefined
    const { TopicArn, Protocol, Endpoint } = found.Attributes
    return { id: String(Arn), attributes: { Arn }, properties: { TopicArn, Protocol, Endpoint } }
  },
}
