import Table from 'cli-table3'
import type { Colors } from 'picocolors/types'
import type { PlannedAction, PlannedChange, StackPlan } from '../plan/stack-plan.ts'
import { fitting, plainTable } from './plain-table.ts'

type Palette = Pick<Colors, 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold'>

const WORDS: Readonly<Record<PlannedAction, string>> = {
  remove: 'remove',
  replace: 'replace',
  change: 'change',
  adopt: 'take over',
  add: 'add',
}

const SOURCES: Readonly<Record<StackPlan['source'], string>> = {
  baseline: 'against the committed baseline',
  live: 'told from what is there',
  'change set': 'as CloudFormation plans it',
}

/** A plan for a terminal: for each stack what would happen, resource by resource, then whether it may. */
export function planTable(plans: readonly StackPlan[], palette: Palette): string {
  return [...plans.map((plan) => stackText(plan, palette)), conclusion(plans, palette)].join('\n\n')
}

function stackText(plan: StackPlan, palette: Palette): string {
  const { stackName, source, changes, notes } = plan
  const shown = changes.filter(({ action }) => action !== 'add')
  const added = changes.filter(({ action }) => action === 'add')
  const counts = countsOf(changes)
  return [
    `${palette.bold(stackName)} ${palette.dim(`(${SOURCES[source]})`)}: ${counts === '' ? 'no change' : counts}`,
    ...(shown.length === 0 ? [] : [changeTable(shown, palette)]),
    ...(added.length === 0 ? [] : [addedTable(added, palette)]),
    ...notes,
    ...refusals(plan, palette),
  ].join('\n')
}

const RESOURCE_WIDTH = 38
const REASON_WIDTH = 40

function changeTable(changes: readonly PlannedChange[], palette: Palette): string {
  const table = new Table({
    ...plainTable,
    head: ['', 'resource', 'why', 'what it means'].map((title) => palette.dim(title)),
    colWidths: [11, RESOURCE_WIDTH, REASON_WIDTH, 36],
  })
  for (const { action, logicalId, type, reason, risk } of changes) {
    const resource = `${fitting(logicalId, RESOURCE_WIDTH)}\n${palette.dim(shortType(type))}`
    table.push([paint(action, palette), resource, fitting(reason, REASON_WIDTH), risk])
  }
  return table.toString()
}

/** What is new needs no reason of its own: one row per type, each resource by its name. */
function addedTable(changes: readonly PlannedChange[], palette: Palette): string {
  const table = new Table({ ...plainTable, colWidths: [11, 38, 76] })
  for (const type of [...new Set(changes.map((change) => change.type))]) {
    const ids = changes.filter((change) => change.type === type).map(({ logicalId }) => logicalId)
    table.push([paint('add', palette), `${ids.length} ${palette.dim(shortType(type))}`, ids.join(', ')])
  }
  return table.toString()
}

function refusals({ verdict }: StackPlan, { red }: Palette): readonly string[] {
  if (verdict.kind !== 'refused') return []
  return verdict.refusals.map(({ logicalId, type, why }) => {
    const what = logicalId === '' ? 'the plan' : `${logicalId} (${shortType(type)})`
    return `  ${red('refused')} ${what}: ${why}`
  })
}

function conclusion(plans: readonly StackPlan[], { green, red }: Palette): string {
  const refused = plans.flatMap(({ verdict }) => (verdict.kind === 'refused' ? verdict.refusals : []))
  if (refused.length > 0) return red(`Refused: ${count(refused.length, 'reason')} above. Nothing may be applied.`)
  if (plans.every(({ verdict }) => verdict.kind === 'nothing')) return green('Nothing to change.')
  const all = plans.flatMap(({ changes }) => changes)
  return green(`May be applied: ${countsOf(all) || 'outputs only'}. Nothing is removed or replaced.`)
}

function countsOf(changes: readonly PlannedChange[]): string {
  return (Object.keys(WORDS) as readonly PlannedAction[])
    .map((action) => ({ action, number: changes.filter((change) => change.action === action).length }))
    .filter(({ number }) => number > 0)
    .map(({ action, number }) => `${number} to ${WORDS[action]}`)
    .join(', ')
}

function paint(action: PlannedAction, palette: Palette): string {
  const word = WORDS[action]
  if (action === 'remove' || action === 'replace') return palette.red(word)
  if (action === 'change') return palette.yellow(word)
  return action === 'adopt' ? palette.cyan(word) : palette.green(word)
}

function shortType(type: string): string {
  return type.replace(/^AWS::/, '')
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
