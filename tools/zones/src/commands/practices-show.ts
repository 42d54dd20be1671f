import { AwsFailure } from '../aws/aws-failure.ts'
import { stageAtHand } from '../infra/stage-at-hand.ts'
import type { Outcome } from '../outcome.ts'
import { SettingsUnanswered } from '../practices/settings-function.ts'
import type { PracticesPorts } from './practices-set.ts'

/** The file that makes a tenant what it is in a stage. Looks only. */
export async function practicesShow(
  { stage: name, tenant }: { readonly stage: string; readonly tenant: string },
  ports: PracticesPorts,
): Promise<Outcome> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant)) {
    return { kind: 'bad-input', reason: '--tenant is the id of a tenant, a UUID.' }
  }
  try {
    const at = await stageAtHand(name, ports)
    if (at.kind === 'unknown') return { kind: 'bad-input', reason: at.reason }
    if (at.kind === 'elsewhere') return { kind: 'failed', text: '', reason: at.reason }
    const settings = await ports.settingsOf(at.stage).read(tenant)
    if (settings === null) return { kind: 'failed', text: '', reason: `${at.stage} has no tenant of that id.` }
    return { kind: 'done', text: JSON.stringify(settings, null, 2) }
  } catch (error) {
    if (error instanceof AwsFailure) return { kind: 'failed', text: '', reason: `${error.message} ${error.next}` }
    if (error instanceof SettingsUnanswered) return { kind: 'failed', text: '', reason: error.message }
    throw error
  }
}
