import type { DeployedStage } from '@sax/infra/account-facts'
import type { SettingsChange, SettingsWrittenAnswer, TenantSettings } from '@sax/release'
import { AwsFailure } from '../aws/aws-failure.ts'
import { stageAtHand } from '../infra/stage-at-hand.ts'
import type { ChangeOutcome } from '../outcome.ts'
import type { PracticesPorts } from '../practices/asked.ts'
import { parseSettings } from '../practices/settings-file.ts'
import { type SettingsFunction, SettingsUnanswered } from '../practices/settings-function.ts'
import { declined, refused } from '../secrets/change-outcome.ts'
import type { Person } from '../secrets/person.ts'

export interface PracticesSetArguments {
  readonly stage: string
  /** Path of the file, as it was given. */
  readonly from: string
  readonly dryRun: boolean
  /** Nobody is asked to agree. */
  readonly yes: boolean
  readonly json: boolean
}

export interface PracticesSetPorts extends PracticesPorts {
  /** Undefined: there is no such file. */
  readonly readFile: (path: string) => string | undefined
  readonly person: Pick<Person, 'present' | 'agrees'>
}

/** Makes a tenant as its file says: practices, numbers, calendars, promises, people. Proves it by looking again. */
export async function practicesSet(
  { stage: name, from, dryRun, yes, json }: PracticesSetArguments,
  ports: PracticesSetPorts,
): Promise<ChangeOutcome> {
  const text = ports.readFile(from)
  if (text === undefined) return refused(`There is no file ${from}.`)
  const file = parseSettings(text)
  if (file.kind === 'wrong') return refused(`${from} cannot be used:\n${file.why}`)
  const { settings } = file
  if (!ports.person.present && !yes && !dryRun) {
    return refused('There is nobody to ask here. Say --yes to agree beforehand, or --dry-run to look only.')
  }
  let isSent = false
  try {
    const at = await stageAtHand(name, ports)
    if (at.kind !== 'known') return refused(at.reason)
    const { stage, facts } = at
    const stored = ports.settingsOf(stage)
    const planned = await stored.write(settings)
    if (planned.kind === 'refused') return refusedFor(stage, planned)
    const shown = planText(settings, planned.changes)
    if (planned.changes.length === 0 || dryRun) {
      const result = json ? resultJson(stage, 'planned', planned.changes) : `${stage}: ${shown}`
      return { kind: 'done', text: result }
    }
    const question = `${stage}, account ${facts.accountId}: ${shown}\nChange this?`
    if (!yes && !(await ports.person.agrees(question))) return declined
    isSent = true
    const written = await stored.write(settings, planned.plan)
    if (written.kind === 'refused') return refusedFor(stage, written)
    return await proven(stage, settings, written.changes, stored, json)
  } catch (error) {
    if (!(error instanceof AwsFailure || error instanceof SettingsUnanswered)) throw error
    const why = error instanceof AwsFailure ? `${error.message} ${error.next}` : error.message
    if (!isSent) return refused(why)
    return {
      kind: 'stopped',
      text: '',
      reason: `${why}\nIt is all changed or nothing of it, and which is not known. Run the same command again: it looks first.`,
    }
  }
}

/** Nothing is left to change: that is seen, not taken from the answer. */
async function proven(
  stage: DeployedStage,
  settings: TenantSettings,
  changes: readonly SettingsChange[],
  stored: SettingsFunction,
  json: boolean,
): Promise<ChangeOutcome> {
  const after = await stored.write(settings)
  if (after.kind !== 'planned' || after.changes.length > 0) {
    const reason = 'It was changed, and is not as the file says: somebody else has changed it since. Look: --dry-run'
    return { kind: 'stopped', text: '', reason }
  }
  const text = `${stage}: ${planText(settings, changes)}\nChanged, read again, and as the file says.`
  return { kind: 'done', text: json ? resultJson(stage, 'changed', changes) : text }
}

function refusedFor(stage: DeployedStage, { reasons }: SettingsWrittenAnswer & { readonly kind: 'refused' }) {
  return refused(`Nothing was changed in ${stage}:\n${reasons.map((reason) => `  ${reason}`).join('\n')}`)
}

const signs: Readonly<Record<SettingsChange['change'], string>> = { add: '+', change: '~', remove: '-' }

function planText({ tenant }: TenantSettings, changes: readonly SettingsChange[]): string {
  if (changes.length === 0) return `${tenant.name} is as the file says; nothing is to change.`
  return `${tenant.name}\n${changes.map(({ change, what }) => `  ${signs[change]} ${what}`).join('\n')}`
}

function resultJson(stage: DeployedStage, outcome: 'planned' | 'changed', changes: readonly SettingsChange[]): string {
  return JSON.stringify({ stage, outcome, changes }, null, 2)
}
