import { type ConfigurationChange, isEmpty, type VariableChange } from './configuration-change.ts'
import type { PlannedFunction, ReleasePlan } from './plan-release.ts'
import { BACKEND } from './stage-layout.ts'

/** What something is called, and what is to be said of it. */
type Row = readonly [name: string, text: string]

/** A plan for a terminal: what would be live, and what changes on the way, in the order it is done. */
export function planText(plan: ReleasePlan): string {
  const { stage, release, zones, live, digest, commit, notes } = plan
  const part = (title: string, rows: readonly Row[]) => (rows.length === 0 ? [] : ['', title, ...aligned(rows)])
  return [
    `${release} to ${stage}`,
    ...aligned([
      ['zones', zones.join(', ')],
      ['live now', live],
      ['artefact', digest.slice(0, 12)],
      ['commit', commit.slice(0, 12)],
    ]),
    ...part(
      'Gates',
      plan.gates.map(({ gate, standing, told }) => [gate, told === '' ? standing : `${loud(standing)}: ${told}`]),
    ),
    ...part(
      'Files are put beside those that are there',
      plan.assets.map(({ zone, hashed, unhashed, bucket }) => [
        zone,
        `${hashed} with a hash in the name, ${unhashed} without, into ${bucket}`,
      ]),
    ),
    ...part('Migrations', migrationRows(plan)),
    ...part('Functions', plan.functions.map(functionRow)),
    ...part('Settings, which infrastructure changed and the next versions bring', plan.functions.flatMap(settingRows)),
    ...part(
      'Aliases move in this order',
      plan.flips.map((role, index) => [`${index + 1}.`, `${role}${shiftText(plan, role)}`]),
    ),
    ...part(
      'Alarms that are watched meanwhile; one that goes off puts everything back',
      (plan.flips.includes(BACKEND) ? (plan.shift?.alarms ?? []) : []).map(({ name, state }) => [name, state]),
    ),
    ...part(
      'Every edge forgets',
      plan.invalidations.map((path) => [path, '']),
    ),
    ...part(
      'Worth knowing',
      notes.map((note) => ['!', note]),
    ),
  ].join('\n')
}

/** What nobody has shown is not to be read over. */
function loud(standing: ReleasePlan['gates'][number]['standing']): string {
  return standing === 'left out' ? 'LEFT OUT' : standing
}

function shiftText({ shift }: ReleasePlan, role: string): string {
  if (shift === undefined || role !== BACKEND) return ''
  return `, whose new version gets ${shift.percent} % of the calls for ${shift.seconds} s first`
}

function migrationRows({ migrations: { isKnown, apply, postponed }, zones }: ReleasePlan): readonly Row[] {
  if (!zones.includes('api')) return []
  return [
    ...apply.map((name): Row => [name, isKnown ? 'is applied' : 'is applied, unless the database has it']),
    ...postponed.map(({ name, because }): Row => [name, `stays for now: ${because}`]),
    ...(apply.length + postponed.length === 0 ? ([['none', 'the database has all of them']] as const) : []),
  ]
}

function functionRow({ role, from, code, configuration }: PlannedFunction): Row {
  const settings = isEmpty(configuration) ? 'the same settings' : 'other settings'
  const what = `${code === 'new' ? 'new code' : 'the same code'}, ${settings}`
  return [role, `${what}; now version ${from.version}, ${from.release ?? 'no release'}`]
}

function settingRows({ role, configuration: { added, changed, removed } }: PlannedFunction): readonly Row[] {
  const row = (sign: string, what: string, { name }: VariableChange, text: string): Row => [
    `${role}  ${what.padEnd('changed'.length)}  ${sign} ${name}`,
    text,
  ]
  const value = (text: string | undefined) => text ?? ''
  return [
    ...added.map((one) => row('+', 'added', one, value(one.to))),
    ...changed.map((one) => row('~', 'changed', one, changeText(one))),
    ...removed.map((one) => row('-', 'removed', one, value(one.from))),
  ]
}

function changeText({ from, to }: ConfigurationChange['changed'][number]): string {
  return `${from ?? ''} -> ${to ?? ''}`
}

/** Names in one column, what is said of them in the next. */
function aligned(rows: readonly Row[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`.trimEnd())
}
