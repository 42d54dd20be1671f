import type { DeployedStage } from '@sax/infra/account-facts'
import type { NumbersAnswer } from '@sax/release'
import Table from 'cli-table3'
import { AwsFailure } from '../aws/aws-failure.ts'
import { stageAtHand } from '../infra/stage-at-hand.ts'
import type { Outcome } from '../outcome.ts'
import { type SettingsFunction, SettingsUnanswered } from '../practices/settings-function.ts'
import { plainTable } from '../report/plain-table.ts'
import type { PracticesPorts } from './practices-set.ts'

/** The file that makes a tenant what it is in a stage. Looks only. */
export async function practicesShow(
  { stage: name, tenant }: { readonly stage: string; readonly tenant: string },
  ports: PracticesPorts,
): Promise<Outcome> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant)) {
    return { kind: 'bad-input', reason: '--tenant is the id of a tenant, a UUID.' }
  }
  return asked(name, ports, async (stage, stored) => {
    const settings = await stored.read(tenant)
    if (settings === null) return { kind: 'failed', text: '', reason: `${stage} has no tenant of that id.` }
    return { kind: 'done', text: JSON.stringify(settings, null, 2) }
  })
}

/** Which practice texts from which number, and which numbers patients text that no practice has. Looks only. */
export function practicesNumbers(
  { stage: name, json }: { readonly stage: string; readonly json: boolean },
  ports: PracticesPorts,
): Promise<Outcome> {
  return asked(name, ports, async (stage, stored) => {
    const numbers = await stored.numbers()
    return { kind: 'done', text: json ? JSON.stringify({ stage, ...numbers }, null, 2) : numbersText(stage, numbers) }
  })
}

function numbersText(stage: DeployedStage, { numbers, wanted }: NumbersAnswer): string {
  const table = new Table({ ...plainTable, head: ['number', 'tenant', 'practice', 'messaging service'] })
  for (const { phone, tenant, practice, messagingServiceSid } of numbers) {
    table.push([phone, tenant, practice, messagingServiceSid ?? 'none'])
  }
  return [
    numbers.length === 0 ? `No practice of ${stage} texts from any number.` : table.toString(),
    ...wanted.map(({ phone, texts, since }) => `${phone} is no practice's: ${texts} texts wait for it since ${since}.`),
  ].join('\n')
}

async function asked(
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
