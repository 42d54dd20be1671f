import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { FREE_NUMBER } from '../carrier.ts'
import type { Rehearsal } from '../start-rehearsal.ts'
import { askZones } from '../zones-command.ts'
import type { Seen } from './timeline.ts'

/** Reserved for fiction. @source North American Numbering Plan, 555-0100 to 555-0199 */
const SOMEBODY = '+17025550111'
const TENANT = '00000000-0000-0000-0000-0000000000c1'
const PRACTICE = '00000000-0000-0000-0000-0000000000c2'

/**
 * A tenant moves in by its file, with the commands a person uses: it is shown what would change, changed, read again,
 * and the same file then changes nothing. What is texted to its number arrives.
 */
export async function moveIn({ stage, env, carrier }: Rehearsal, folder: string, signal: AbortSignal): Promise<Seen> {
  const practices = (...given: readonly string[]) => askZones({ arguments: ['practices', ...given], env, signal })
  const settings = {
    tenant: { id: TENANT, name: `Desert Sleep ${randomUUID().slice(0, 8)}` },
    practices: [
      {
        ...{ id: PRACTICE, name: 'Mesa Night Clinic', phone: FREE_NUMBER, timeZone: 'America/Los_Angeles' },
        senders: [{ phone: FREE_NUMBER }],
        openingHours: [{ weekdays: [1, 2, 3, 4, 5], opens: '08:00', closes: '17:00' }],
      },
    ],
  }
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'tenant.json')
  writeFileSync(file, JSON.stringify(settings))
  const wrong = (told: string): Seen => ({ isRight: false, told })

  const first = await practices('set', stage, '--from', file, '--yes')
  if (first.exitCode !== 0 || !first.stdout.includes('as the file says'))
    return wrong(`${first.stdout}\n${first.stderr}`)
  const again = await practices('set', stage, '--from', file, '--yes', '--json')
  if (again.exitCode !== 0 || !isDeepStrictEqual(JSON.parse(again.stdout).changes, [])) {
    return wrong(`the same file changes something again: ${again.stdout}\n${again.stderr}`)
  }
  const shown = await practices('show', stage, '--tenant', TENANT)
  if (shown.exitCode !== 0 || JSON.parse(shown.stdout).tenant.name !== settings.tenant.name) return wrong(shown.stderr)
  const received = carrier.receive({ from: SOMEBODY, to: FREE_NUMBER, body: 'Is this the new clinic?', pictures: [] })
  const answer = received.kind === 'received' ? (await received.delivery).status : undefined
  if (answer !== 200) return wrong(`the stage answered ${answer ?? 'nothing'} to a text to the new number`)
  return { isRight: true, told: 'changed as its file says, nothing the second time, and a text to its number arrived' }
}
