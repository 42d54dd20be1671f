import { createHash } from 'node:crypto'
import type { ResourceToImport } from '@aws-sdk/client-cloudformation'
import type { ChangeSetPage } from '../plan/gate.ts'
import type { Cloud } from './cloud.ts'

/** A change set that CloudFormation has thought through. Whether it may be executed is the gate's to say. */
export interface PreparedChangeSet {
  readonly stackName: string
  readonly name: string
  readonly pages: readonly ChangeSetPage[]
}

export interface WantedChangeSet {
  readonly stackName: string
  readonly type: 'CREATE' | 'UPDATE' | 'IMPORT'
  /** Where the template lies. */
  readonly templateUrl: string
  readonly tags: Readonly<Record<string, string>>
  readonly resourcesToImport?: readonly ResourceToImport[]
}

/** Time and chance, handed in. */
export interface Pace {
  /** Resolves after so many milliseconds, or rejects when the person has had enough. */
  readonly wait: (ms: number) => Promise<void>
  /** Called before anything is begun. @throws Interrupted when the person has had enough */
  readonly goOn: () => void
  /** Milliseconds between two looks at something that takes its time. */
  readonly everyMs: number
  readonly nowMs: () => number
  /** A few letters and digits that no other run has. */
  readonly newId: () => string
}

const OWN = /^zones-/
/** A change set that old belongs to nobody any more. */
const STALE_MS = 60 * 60 * 1000

/** Creates a change set and waits until it can be judged. @throws AwsFailure */
export async function prepareChangeSet(
  { cloudFormation }: Pick<Cloud, 'cloudFormation'>,
  { wait, everyMs, nowMs, newId }: Pace,
  wanted: WantedChangeSet,
): Promise<PreparedChangeSet> {
  const { stackName, type, templateUrl } = wanted
  if (type === 'UPDATE') {
    for (const { name, createdMs } of await cloudFormation.changeSets(stackName)) {
      if (OWN.test(name) && nowMs() - createdMs > STALE_MS) await cloudFormation.deleteChangeSet(stackName, name)
    }
  }
  const name = `zones-${createHash('sha256').update(templateUrl).digest('hex').slice(0, 12)}-${newId()}`
  await cloudFormation.createChangeSet({ ...wanted, name })
  for (;;) {
    const pages = await cloudFormation.changeSet(stackName, name)
    if (!['CREATE_PENDING', 'CREATE_IN_PROGRESS'].includes(pages[0]?.Status ?? '')) return { stackName, name, pages }
    await wait(everyMs)
  }
}
