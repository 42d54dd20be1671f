import { AwsFailure } from '../aws/aws-failure.ts'
import { type StagePorts, stageAtHand } from '../infra/stage-at-hand.ts'
import type { Outcome } from '../outcome.ts'
import type { Palette } from '../report/table.ts'
import { agreementJson, agreementText } from '../secrets/agreement-text.ts'
import { type AgreementPorts, readAgreement } from '../secrets/read-agreement.ts'

export interface SecretsCheckArguments {
  readonly stage: string
  readonly json: boolean
}

export interface SecretsCheckPorts extends StagePorts, AgreementPorts {
  readonly palette: Palette
}

/** Proves that all that read a secret of a stage read the same one. Looks only, and shows no value. */
export async function secretsCheck(
  { stage: name, json }: SecretsCheckArguments,
  ports: SecretsCheckPorts,
): Promise<Outcome> {
  try {
    const at = await stageAtHand(name, ports)
    if (at.kind === 'unknown') return { kind: 'bad-input', reason: at.reason }
    if (at.kind === 'elsewhere') return { kind: 'failed', text: '', reason: at.reason }
    const { stage } = at
    const report = await readAgreement(stage, ports)
    const text = json ? agreementJson(report) : agreementText(report, ports.palette)
    if (report.agrees) return { kind: 'done', text }
    return { kind: 'failed', text, reason: `The applications of ${stage} do not agree on their secrets.` }
  } catch (error) {
    if (error instanceof AwsFailure) return { kind: 'failed', text: '', reason: `${error.message} ${error.next}` }
    throw error
  }
}
