import type { DeployedStage } from './account-facts.ts'

/** Queues of a stage. A `-failed` one gets what nobody could work on. */
export type QueueId = 'outbox' | 'outbox-failed' | 'inbound' | 'inbound-failed' | 'sweeps-failed'

/**
 * `outbox`: messages to be sent. `sweeps-failed`: runs of the schedule that did not come to an end. `inbound` was meant for
 * what the carrier tells, which the backend stores before it answers; nobody may write to it, and it stays because the
 * stacks of stages never lose anything.
 */
export const queueNames = (stage: DeployedStage): Readonly<Record<QueueId, string>> => ({
  outbox: `sleepconnect-outbox-${stage}`,
  'outbox-failed': `sleepconnect-outbox-failed-${stage}`,
  inbound: `sleepconnect-inbound-${stage}`,
  'inbound-failed': `sleepconnect-inbound-failed-${stage}`,
  'sweeps-failed': `sleepconnect-sweeps-failed-${stage}`,
})
