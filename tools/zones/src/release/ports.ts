import type { Manifest } from '@sax/release'
import type { HowOften, Invoked } from '../aws/invoke.ts'
import type { ApplyProgress } from '../infra/apply-progress.ts'
import type { ReadAlarms } from './alarms.ts'
import type { Bucket } from './bucket.ts'
import type { LockPorts } from './lock.ts'
import type { ReleasedFunctions } from './released-functions.ts'
import type { Patience } from './settle.ts'

/** One look at a live stage, as far as a release writes it down. */
export interface StageProbe {
  readonly id: string
  readonly title: string
  readonly outcome: 'kept' | 'broken' | 'unseen'
  readonly findings: readonly string[]
}

/** What a stage must be seen to run: release by role. A role that is missing may run anything. */
export type ExpectedReleases = Readonly<Record<string, string>>

export interface Distributions {
  /** Asks every edge to forget `paths`. The same `reference` asks once. The id to wait with. */
  readonly invalidate: (distributionId: string, paths: readonly string[], reference: string) => Promise<string>
  readonly isInvalidated: (distributionId: string, invalidationId: string) => Promise<boolean>
  /** Undefined: there is no such distribution. */
  readonly state: (distributionId: string) => Promise<DistributionState | undefined>
}

export interface DistributionState {
  readonly status: string
  readonly isEnabled: boolean
  readonly aliases: readonly string[]
  /** Where its behaviours lead: origin's id by path pattern. */
  readonly origins: Readonly<Record<string, string>>
}

export interface StackFacts {
  /** Undefined: there is no such stack. */
  readonly status: (stackName: string) => Promise<string | undefined>
  /** Physical ids by logical id. */
  readonly physicalIds: (stackName: string) => Promise<Readonly<Record<string, string>>>
}

/** How something that is judged elsewhere stands. `unreadable`: these credentials may not look, for the reason told. */
export type Judged =
  | { readonly kind: 'good'; readonly told: string }
  | { readonly kind: 'bad'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly told: string }

/** An artefact that is at hand, every file of it checked against its manifest. */
export interface ArtefactAtHand {
  readonly manifest: Manifest
  readonly file: (path: string) => Promise<Uint8Array>
}

/** Everything a release asks of the world outside. */
export interface ReleasePorts {
  readonly releases: Bucket
  readonly assets: (bucketName: string) => Bucket
  readonly functions: ReleasedFunctions
  readonly invoke: (functionName: string, version: string, event: unknown) => Promise<Invoked>
  /** Calls a version again and again, whatever it answers. */
  readonly invokeOften: (
    functionName: string,
    version: string,
    newEvent: () => unknown,
    howOften: HowOften,
  ) => Promise<void>
  readonly distributions: Distributions
  readonly stacks: StackFacts
  readonly alarms: ReadAlarms
  /** Who runs this, as AWS knows them. */
  readonly person: () => Promise<string>
  readonly lint: () => Promise<Judged>
  readonly secrets: () => Promise<Judged>
  /** Looks at the stage through its public names until all holds or time is up. Throws only when it cannot look at all. */
  readonly probe: (expected: ExpectedReleases, patience: Patience) => Promise<readonly StageProbe[]>
  readonly lock: Omit<LockPorts, 'bucket'>
  /** True once the person has had enough. */
  readonly isInterrupted: () => boolean
  readonly newId: () => string
  readonly now: () => Date
  /** Between two looks at what takes its time. */
  readonly wait: (ms: number) => Promise<void>
  readonly everyMs: number
  readonly progress: ApplyProgress
}
