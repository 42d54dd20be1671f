import type { DeployedStage } from '@sax/infra/account-facts'
import { AwsFailure } from '../aws/aws-failure.ts'
import { type StagePorts, stageAtHand } from '../infra/stage-at-hand.ts'
import type { Outcome } from '../outcome.ts'
import { type SettingsFunction, SettingsUnanswered } from './settings-function.ts'

export interface PracticesPorts extends StagePorts {
  readonly settingsOf: (stage: DeployedStage) => SettingsFunction
}

/** The outcome of `work`, which only looks at a stage, or why it cannot be looked at. */
export async function asked(
  name: string,
  ports: PracticesPorts,
  work: (stage: DeployedStage, stored: SettingsFunction) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    const at = await stageAtHand(name, ports)
    if (at.kind === 'unknown') return { kind: 'bad-input', reason: at.reason }
    if (at.kind === 'elsewhere') return { kind: 'failed', text: '', reason: at.reason }
    return await work(at.stage, ports.settingsOf(at.stage))
  } catch (error) {
    if (error instanceof AwsFailure) return { kind: 'failed', text: '', reason: `${error.message} ${error.next}` }
    if (error instanceof SettingsUnanswered) return { kind: 'failed', text: '', reason: error.message }
    throw error
  }
}
