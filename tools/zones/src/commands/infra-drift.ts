import type { DeployedStage } from '@sax/infra/account-facts'
import type { Colors } from 'picocolors/types'
import { AwsFailure } from '../aws/aws-failure.ts'
import { type ApplyProgress, asStep } from '../infra/apply-progress.ts'
import type { Cloud } from '../infra/cloud.ts'
import type { FactsFile } from '../infra/facts-file.ts'
import { Interrupted } from '../infra/interrupted.ts'
import type { Pace } from '../infra/prepare-change-set.ts'
import { stageAtHand } from '../infra/stage-at-hand.ts'
import type { Outcome } from '../outcome.ts'
import { type StackDrift, stackDrift } from '../plan/drift.ts'
import { driftTable } from '../report/drift-table.ts'

export interface InfraDriftArguments {
  readonly stage: string
  readonly json: boolean
}

export interface InfraDriftPorts {
  readonly facts: (stage: DeployedStage) => FactsFile
  /** Names of the stage's stacks, in the order they are applied. */
  readonly stackNames: (stage: DeployedStage) => readonly string[]
  readonly cloud: Cloud
  readonly pace: Pace
  readonly progress: ApplyProgress
  readonly palette: Colors
}

/** What of a stage was changed outside these commands: live configuration against the templates the stacks have. */
export async function infraDrift({ stage: name, json }: InfraDriftArguments, ports: InfraDriftPorts): Promise<Outcome> {
  try {
    const at = await stageAtHand(name, { facts: ports.facts, identity: ports.cloud.identity })
    if (at.kind === 'unknown') return { kind: 'bad-input', reason: at.reason }
    if (at.kind === 'elsewhere') return failed(at.reason)
    const { stage } = at
    const found: StackDrift[] = []
    for (const stackName of ports.stackNames(stage)) {
      if ((await ports.cloud.cloudFormation.stack(stackName)) === undefined) {
        return failed(`There is no stack ${stackName} yet. Make it: npx zones infra apply ${stage}`)
      }
      found.push(
        await asStep(ports.progress, `${stackName}: comparing with what is there`, () => driftOf(stackName, ports)),
      )
    }
    const text = json ? JSON.stringify({ stage, stacks: found }, null, 2) : driftTable(found, ports.palette)
    return found.every(({ drifted }) => drifted.length === 0)
      ? { kind: 'done', text }
      : { kind: 'failed', text, reason: '' }
  } catch (error) {
    if (error instanceof AwsFailure) return failed(`${error.message} ${error.next}`)
    if (error instanceof Interrupted) return failed('Interrupted.')
    throw error
  }
}

async function driftOf(stackName: string, { cloud: { cloudFormation }, pace }: InfraDriftPorts): Promise<StackDrift> {
  const id = await cloudFormation.detectDrift(stackName)
  for (;;) {
    const { status, reason } = await cloudFormation.driftDetection(id)
    if (status === 'DETECTION_COMPLETE') break
    // A few resources that could not be read do not hide the others; CloudFormation lists them as not checked.
    if (status === 'DETECTION_FAILED') {
      const drifts = await cloudFormation.drifts(stackName)
      if (drifts.length === 0)
        throw new AwsFailure({
          code: 'refused',
          action: 'cloudformation:DetectStackDrift',
          errorName: status,
          message: `CloudFormation could not compare ${stackName}: ${reason}`,
          next: 'Run it again in a minute.',
        })
      return stackDrift(stackName, drifts)
    }
    await pace.wait(pace.everyMs)
  }
  return stackDrift(stackName, await cloudFormation.drifts(stackName))
}

function failed(reason: string): Outcome {
  return { kind: 'failed', text: '', reason }
}
