import type { CfnAlias } from 'aws-cdk-lib/aws-lambda'
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda'
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler'
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs'
import type { Stack } from 'aws-cdk-lib/core'
import { arnOf, liveArn, roleArn } from '../arn.ts'
import type { StageFunction } from '../functions.ts'
import { type QueueId, queueNames } from '../queues.ts'
import { logicalIdOf, roleName, scheduleGroupName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { allow, trusting } from './policy-statement.ts'
import { role } from './role.ts'

/** What the schedule says to the worker, so that it can tell a sweep from a batch. */
export const SWEEP = { kind: 'sweep-outbox' } as const

/** What calls the worker: its two queues, and a sweep every minute for messages that never got into one. */
export function workerTriggers(
  stack: Stack,
  described: StageDescription,
  worker: { readonly fn: StageFunction; readonly alias: CfnAlias },
  queues: ReadonlyMap<QueueId, CfnQueue>,
): void {
  for (const id of ['outbox', 'inbound'] as const) {
    const queue = queues.get(id)
    const mapping = new CfnEventSourceMapping(stack, `${logicalIdOf(id)}Mapping`, {
      eventSourceArn: arnOf(described, 'sqs', queueNames(described.stage)[id]),
      functionName: liveArn(described, worker.fn),
      batchSize: 10,
      // The function names the messages that failed; the others are done.
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: described.sizes.batches },
    })
    mapping.addResourceDependency(worker.alias)
    if (queue !== undefined) mapping.addResourceDependency(queue)
  }
  sweep(stack, described, worker)
}

/** @source Amazon EventBridge Scheduler User Guide, "Confused deputy prevention" and "Configuring a dead-letter queue" */
function sweep(
  stack: Stack,
  described: StageDescription,
  { fn, alias }: { readonly fn: StageFunction; readonly alias: CfnAlias },
): void {
  const { stage, facts } = described
  const groupName = scheduleGroupName(stage)
  const failed = arnOf(described, 'sqs', queueNames(stage)['sweeps-failed'])
  const group = new CfnScheduleGroup(stack, 'ScheduleGroup', { name: groupName })
  const caller = role(stack, 'Scheduler', {
    name: roleName(stage, 'scheduler'),
    trust: trusting('scheduler.amazonaws.com', {
      StringEquals: {
        'aws:SourceAccount': facts.accountId,
        'aws:SourceArn': arnOf(described, 'scheduler', `schedule-group/${groupName}`),
      },
    }),
    statements: [allow(['lambda:InvokeFunction'], liveArn(described, fn)), allow(['sqs:SendMessage'], failed)],
  })
  const schedule = new CfnSchedule(stack, 'OutboxSweepSchedule', {
    name: `sleepconnect-outbox-sweep-${stage}`,
    groupName,
    description: 'finds messages that are to be sent and stand in no queue',
    scheduleExpression: 'rate(1 minute)',
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: liveArn(described, fn),
      roleArn: roleArn(described, roleName(stage, 'scheduler')),
      input: JSON.stringify(SWEEP),
      // After a minute the next sweep comes, and finds the same.
      retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 60 },
      deadLetterConfig: { arn: failed },
    },
  })
  for (const first of [group, caller, alias]) schedule.addResourceDependency(first)
}
