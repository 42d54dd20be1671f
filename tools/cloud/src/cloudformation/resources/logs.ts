import * as logs from '@aws-sdk/client-cloudwatch-logs'
import type { JsonObject } from '../engine/template.ts'
import { given, type Kind, madeUpName, orAbsent, tagRecord, text, type Work } from './kind.ts'

/** @source AWS CloudFormation Template Reference, "AWS::Logs::LogGroup" */
export const logGroup: Kind = {
  type: 'AWS::Logs::LogGroup',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const logGroupName = text(properties, 'LogGroupName') || madeUpName(work)
    await work.clients.logs.send(
      new logs.CreateLogGroupCommand({
        ...{ logGroupName, tags: tagRecord(properties) },
        ...(properties.KmsKeyId === undefined ? {} : { kmsKeyId: text(properties, 'KmsKeyId') }),
      }),
    )
    await setRetention(logGroupName, properties, work)
    return { id: logGroupName, attributes: attributesOf(logGroupName, work) }
  },
  update: async ({ id }, properties, _before, work) => {
    await setRetention(id, properties, work)
    if (properties.KmsKeyId !== undefined) {
      await work.clients.logs.send(
        new logs.AssociateKmsKeyCommand({ logGroupName: id, kmsKeyId: text(properties, 'KmsKeyId') }),
      )
    }
    return attributesOf(id, work)
  },
  delete: async ({ id }, _properties, { clients }) => {
    await orAbsent(clients.logs.send(new logs.DeleteLogGroupCommand({ logGroupName: id })))
  },
  read: async ({ LogGroupName }, work) => {
    const name = String(LogGroupName)
    const { logGroups = [] } = await work.clients.logs.send(
      new logs.DescribeLogGroupsCommand({ logGroupNamePrefix: name }),
    )
    const found = logGroups.find((one) => one.logGroupName === name)
    if (found === undefined) return undefined
    const { tags = {} } = await work.clients.logs.send(new logs.ListTagsLogGroupCommand({ logGroupName: name }))
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
    return {
      id: name,
      attributes: attributesOf(name, work),
      properties: given({
        ...{ LogGroupName: name, RetentionInDays: found.retentionInDays, KmsKeyId: found.kmsKeyId },
        Tags: Tags.length === 0 ? undefined : Tags,
      }),
    }
  },
  list: async ({ clients }) => {
    const { logGroups = [] } = await clients.logs.send(new logs.DescribeLogGroupsCommand({}))
    return logGroups.map(({ logGroupName }) => ({ LogGroupName: logGroupName }))
  },
}

/** @source AWS CloudFormation Template Reference, "AWS::Logs::MetricFilter" */
export const metricFilter: Kind = {
  type: 'AWS::Logs::MetricFilter',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const filterName = text(properties, 'FilterName') || madeUpName(work)
    await putFilter(filterName, properties, work)
    return { id: filterName, attributes: {} }
  },
  update: async ({ id }, properties, _before, work) => {
    await putFilter(id, properties, work)
    return {}
  },
  delete: async ({ id }, properties, { clients }) => {
    const input = { filterName: id, logGroupName: text(properties, 'LogGroupName') }
    await orAbsent(clients.logs.send(new logs.DeleteMetricFilterCommand(input)))
  },
  read: async ({ LogGroupName, FilterName }, { clients }) => {
    const asked = { logGroupName: String(LogGroupName), filterNamePrefix: String(FilterName) }
    const found = await orAbsent(clients.logs.send(new logs.DescribeMetricFiltersCommand(asked)))
    const filter = found?.metricFilters?.find(
      (one) => one.filterName === FilterName && one.logGroupName === LogGroupName,
    )
    if (filter === undefined) return undefined
    return {
      id: String(FilterName),
      attributes: {},
      properties: {
        ...{ LogGroupName, FilterName, FilterPattern: filter.filterPattern },
        MetricTransformations: (filter.metricTransformations ?? []).map((one) =>
          given({
            ...{ MetricName: one.metricName, MetricNamespace: one.metricNamespace, MetricValue: one.metricValue },
            ...{ DefaultValue: one.defaultValue, Unit: one.unit },
            Dimensions:
              one.dimensions === undefined
                ? undefined
                : Object.entries(one.dimensions).map(([Key, Value]) => ({ Key, Value })),
          }),
        ),
      },
    }
  },
}

async function setRetention(logGroupName: string, { RetentionInDays }: JsonObject, { clients }: Work): Promise<void> {
  if (RetentionInDays === undefined) {
    await clients.logs.send(new logs.DeleteRetentionPolicyCommand({ logGroupName }))
  } else {
    const retentionInDays = Number(RetentionInDays)
    await clients.logs.send(new logs.PutRetentionPolicyCommand({ logGroupName, retentionInDays }))
  }
}

function attributesOf(name: string, { accountId, region }: Work): JsonObject {
  return { Arn: `arn:aws:logs:${region}:${accountId}:log-group:${name}:*` }
}

interface Transformation {
  readonly MetricName: string
  readonly MetricNamespace: string
  readonly MetricValue: string
  readonly DefaultValue?: number
  readonly Unit?: logs.StandardUnit
  readonly Dimensions?: readonly { readonly Key: string; readonly Value: string }[]
}

async function putFilter(filterName: string, properties: JsonObject, { clients }: Work): Promise<void> {
  const transformations = properties.MetricTransformations as readonly Transformation[]
  await clients.logs.send(
    new logs.PutMetricFilterCommand({
      ...{
        filterName,
        logGroupName: text(properties, 'LogGroupName'),
        filterPattern: text(properties, 'FilterPattern'),
      },
      metricTransformations: transformations.map((one) => ({
        ...{ metricName: one.MetricName, metricNamespace: one.MetricNamespace, metricValue: String(one.MetricValue) },
        ...(one.DefaultValue === undefined ? {} : { defaultValue: Number(one.DefaultValue) }),
        ...(one.Unit === undefined ? {} : { unit: one.Unit }),
        ...(one.Dimensions === undefined
          ? {}
          : { dimensions: Object.fromEntries(one.Dimensions.map(({ Key, Value }) => [Key, Value])) }),
      })),
    }),
  )
}
