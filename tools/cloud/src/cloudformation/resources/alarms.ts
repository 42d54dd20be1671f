import { DeleteAlarmsCommand, PutMetricAlarmCommand, type PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import type { JsonObject } from '../engine/template.ts'
import { keptKind } from './kept.ts'
import { type Kind, text, type Work } from './kind.ts'

let made: Kind | undefined

/** What CloudFormation remembers of an alarm. It needs the schema, and is made when first asked for. */
function remembered(): Kind {
  made ??= keptKind('AWS::CloudWatch::Alarm', ({ properties, name, region, accountId }) => {
    const AlarmName = text(properties, 'AlarmName') || name
    return { AlarmName, Arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${AlarmName}` }
  })
  return made
}

/**
 * An alarm that CloudWatch knows, with a state that `SetAlarmState` sets: no metric is judged here.
 * @source AWS CloudFormation Template Reference, "AWS::CloudWatch::Alarm"
 */
export const alarm: Kind = {
  type: 'AWS::CloudWatch::Alarm',
  drift: false,
  importable: true,
  create: async (properties, work) => {
    const created = await remembered().create(properties, work)
    await put(created.id, properties, work)
    return created
  },
  update: async (current, properties, before, work) => {
    const attributes = (await remembered().update?.(current, properties, before, work)) ?? {}
    await put(current.id, properties, work)
    return attributes
  },
  delete: async (current, properties, work) => {
    await remembered().delete(current, properties, work)
    await work.clients.cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [current.id] }))
  },
  read: async (identifier, work) => remembered().read?.(identifier, work),
  list: async (work) => (await remembered().list?.(work)) ?? [],
}

/** Templates spell everything as the API does, but that numbers may be texts. */
const NUMBERS = ['Threshold', 'EvaluationPeriods', 'DatapointsToAlarm', 'Period'] as const

async function put(AlarmName: string, properties: JsonObject, { clients }: Work): Promise<void> {
  const numbers = NUMBERS.flatMap((name) => (properties[name] === undefined ? [] : [[name, Number(properties[name])]]))
  const input = { ...properties, ...Object.fromEntries(numbers), AlarmName } as unknown as PutMetricAlarmCommandInput
  await clients.cloudWatch.send(new PutMetricAlarmCommand(input))
}
