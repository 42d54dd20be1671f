import type { DeployedStage } from './account-facts.ts'
import type { FunctionKind } from './function-kind.ts'

/**
 * How functions in the VPC reach the internet, where the carrier is. `none`: they do not, and the worker sends nothing;
 * `one`: through one gateway, whose availability zone takes them all down with it; `each`: through one in each zone.
 * Going up only adds; going down would take a gateway away, which no change of infrastructure may.
 */
export type NatChoice = 'none' | 'one' | 'each'

/** What a stage may take of AWS. Changing any of it but `network` updates in place or adds. */
export interface StageSizes {
  /** Days that log lines are kept. */
  readonly logDays: number
  /**
   * Most calls that one function serves at a time, so that none can take the account's whole capacity. When an alias moves,
   * every request that comes within the second or two of a start needs a place of its own: 20 a second are 30 places.
   */
  readonly concurrency: number
  /** Most batches of one queue that are worked on at a time. At least 2. */
  readonly batches: number
  /** First two numbers of the VPC's addresses. They differ per stage, so that two could be joined. */
  readonly network: `10.${number}`
  readonly nat: NatChoice
  readonly database: DatabaseSizes
  /** Who marks texts of patients as urgent or unhappy: nobody, or Amazon Comprehend, which then reads every one. */
  readonly moods: 'off' | 'comprehend'
}

export interface DatabaseSizes {
  /** Aurora capacity units, 2 GiB of memory each: what is always there, and the most. */
  readonly minAcu: number
  readonly maxAcu: number
  /** The first writes; a second takes over when the first is gone. */
  readonly instances: 1 | 2
  /** Days that the cluster can be put back to any second of. */
  readonly backupDays: number
}

/** The one place to change what a stage takes. */
export const stageSizes: Readonly<Record<DeployedStage, StageSizes>> = {
  develop: {
    logDays: 30,
    concurrency: 50,
    batches: 2,
    network: '10.41',
    nat: 'one',
    database: { minAcu: 0.5, maxAcu: 2, instances: 1, backupDays: 7 },
    moods: 'off',
  },
  staging: {
    logDays: 90,
    concurrency: 50,
    batches: 2,
    network: '10.42',
    nat: 'one',
    database: { minAcu: 0.5, maxAcu: 4, instances: 1, backupDays: 14 },
    moods: 'off',
  },
  production: {
    logDays: 400,
    concurrency: 100,
    batches: 10,
    network: '10.43',
    nat: 'each',
    database: { minAcu: 2, maxAcu: 16, instances: 2, backupDays: 35 },
    moods: 'off',
  },
}

/** Seconds that the worker has for a batch, and migrations for all that is new. The latter is Lambda's longest. */
export const WORKER_TIMEOUT_SEC = 60
const MIGRATIONS_TIMEOUT_SEC = 900

export interface FunctionSize {
  readonly memoryMb: number
  readonly timeoutSec: number
  readonly concurrency: number
}

/** Size of a function: what answers people has the topology's, the others their own. */
export function functionSize(
  kind: FunctionKind,
  settings: { readonly functionMemoryMb: number; readonly functionTimeoutSec: number },
  { concurrency, batches }: StageSizes,
): FunctionSize {
  switch (kind) {
    case 'worker':
      // Batches of either queue, and the sweep.
      return { memoryMb: 512, timeoutSec: WORKER_TIMEOUT_SEC, concurrency: 2 * batches + 1 }
    case 'migrations':
      return { memoryMb: 512, timeoutSec: MIGRATIONS_TIMEOUT_SEC, concurrency: 1 }
    default:
      return { memoryMb: settings.functionMemoryMb, timeoutSec: settings.functionTimeoutSec, concurrency }
  }
}
