import type { DeployedStage } from '@sax/infra/account-facts'
import type { NumbersAnswer } from '@sax/release'
import Table from 'cli-table3'
import type { Outcome } from '../outcome.ts'
import { asked, type PracticesPorts } from '../practices/asked.ts'
import { plainTable } from '../report/plain-table.ts'

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
