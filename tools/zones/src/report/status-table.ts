import Table from 'cli-table3'
import type { Colors } from 'picocolors/types'
import type { Standing, StatusItem } from '../plan/status-item.ts'
import { fitting, plainTable } from './plain-table.ts'

/** A stage's resources by the checklist's lines: what is right in one word, everything else with what to do. */
export function statusTable(stage: string, items: readonly StatusItem[], palette: Colors): string {
  const groups = [...new Set(items.map(({ group }) => group))]
  const open = items.filter(({ standing }) => standing !== 'right')
  const conclusion =
    open.length === 0
      ? palette.green(`All ${items.length} things that ${stage} needs are right.`)
      : palette.red(`${open.length} of ${items.length} things that ${stage} needs are not right (${counts(open)}).`)
  return [
    ...groups.map((group) =>
      groupText(
        group,
        items.filter((item) => item.group === group),
        palette,
      ),
    ),
    conclusion,
  ].join('\n\n')
}

const NAME_WIDTH = 62
const WHAT_WIDTH = 52

function groupText(group: string, items: readonly StatusItem[], palette: Colors): string {
  const table = new Table({ ...plainTable, colWidths: [10, NAME_WIDTH, WHAT_WIDTH] })
  for (const { name, standing, findings, next } of items) {
    if (findings.length === 0 && next === '') {
      // Nothing stands beside it, so a long name may take that room.
      table.push([mark(standing, palette), { content: fitting(name, NAME_WIDTH + WHAT_WIDTH), colSpan: 2 }])
      continue
    }
    const what = [
      ...findings.map((finding) => fitting(finding, WHAT_WIDTH)),
      ...(next === '' ? [] : [palette.cyan(fitting(`→ ${next}`, WHAT_WIDTH))]),
    ]
    table.push([mark(standing, palette), fitting(name, NAME_WIDTH), what.join('\n')])
  }
  return `${palette.bold(group)}\n${table.toString()}`
}

function mark(standing: Standing, { green, red, yellow }: Colors): string {
  if (standing === 'right') return green('right')
  return standing === 'waiting' ? yellow('waiting') : red(standing)
}

function counts(items: readonly StatusItem[]): string {
  return (['missing', 'wrong', 'waiting'] as const)
    .map((standing) => ({ standing, number: items.filter((item) => item.standing === standing).length }))
    .filter(({ number }) => number > 0)
    .map(({ standing, number }) => `${number} ${standing}`)
    .join(', ')
}
