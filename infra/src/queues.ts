import type { DeployedStage } from './account-facts.ts'

/** Queues of a stage. A `-failed` one gets what nobody could work on. */
export type QueueId = 'outbox' | 'outbox-failed' | 'inbound' | 'inbound-failed' | 'sweeps-failed'

/**
 * `outbox`: messages to be sent. `inbound`: what the carrier has told. `sweeps-failed`: runs of the schedule that did not
 * come to an end.
 */
export const queueNames = (stage: DeployedStage): Readonly<Record<QueueId, string>> => ({
  outbox: `sleepconnect-outbox-${stage}`,
  'outbox-failed': `sleepconnect-outbox-failed-${stage}`,
  inbound: `sleepconnect-inbound-${stage}`,
  'inbound-failed': `sleepconnect-inbound-failed-${stage}`,
  'sweeps-failed': `sleepconnect-sweeps-failed-${stage}`,
})
