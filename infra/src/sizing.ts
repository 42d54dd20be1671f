import type { DeployedStage } from './account-facts.ts'

/** What a stage may take of AWS. Changing any of it updates in place. */
export interface StageSizes {
  /** Days that log lines are kept. */
  readonly logDays: number
  /** Most calls that one function serves at a time, so that none can take the account's whole capacity. */
  readonly concurrency: number
}

/** The one place to change what a stage takes. */
export const stageSizes: Readonly<Record<DeployedStage, StageSizes>> = {
  develop: { logDays: 30, concurrency: 20 },
  staging: { logDays: 90, concurrency: 20 },
  production: { logDays: 400, concurrency: 100 },
}
