import Table from 'cli-table3'
import { plainTable } from '../report/plain-table.ts'
import type { Palette } from '../report/table.ts'
import { type AssumptionName, assumptions } from './assumptions.ts'
import type { CostLine } from './cost-line.ts'
import { type CostReport, notIncluded } from './cost-report.ts'

/** Letters of the longest bar. */
const BAR = 10

/** The estimate for a terminal: groups and their lines by cost, then what it rests on. */
export function costText(report: CostReport, palette: Palette): string {
  return [
    palette.bold(`${report.stage}, ${report.routing} routing: ${dollars(report.usd)} USD a month`),
    palette.dim(`list prices of us-east-1, read on ${report.pricesReadOn}`),
    '',
    groupTable(report, palette),
    '',
    budget(report, palette),
    ...warnings(report).map((warning) => palette.yellow(warning)),
    '',
    palette.bold('Assumed, where no template says it (change one with --assume name=value):'),
    assumptionTable(report, palette),
    '',
    'Not included:',
    ...notIncluded.map((what) => `  ${what}`),
  ].join('\n')
}

function groupTable({ groups, usd }: CostReport, palette: Palette): string {
  const table = new Table({
    ...plainTable,
    colWidths: [44, 48, 10, 6, BAR + 2],
    colAligns: ['left', 'left', 'right', 'right', 'left'],
  })
  for (const { group, usd: own, lines } of groups) {
    const share = usd === 0 ? 0 : own / usd
    table.push([
      palette.bold(group),
      '',
      palette.bold(dollars(own)),
      `${Math.round(share * 100)} %`,
      '█'.repeat(Math.round(share * BAR)),
    ])
    for (const line of lines) table.push([`  ${line.what}`, palette.dim(amount(line)), dollars(line.usd), '', ''])
  }
  table.push([palette.bold('all'), '', palette.bold(dollars(usd)), '', ''])
  return table.toString()
}

function assumptionTable({ assumed, changed }: CostReport, palette: Palette): string {
  const table = new Table({ ...plainTable, colWidths: [20, 27, 68] })
  for (const name of Object.keys(assumptions) as AssumptionName[]) {
    const { unit, what } = assumptions[name]
    const value = `${number(assumed[name])} ${unit}`
    table.push([name, changed.has(name) ? palette.yellow(`${value} (given)`) : value, palette.dim(what)])
  }
  return table.toString()
}

function budget({ usd, budgetUsd }: CostReport, palette: Palette): string {
  if (budgetUsd === undefined) return palette.dim('No budget is known, for the stage has no facts yet.')
  const left = budgetUsd - usd
  return left < 0
    ? palette.red(`This is ${dollars(-left)} USD over the monthly budget of ${dollars(budgetUsd)} USD.`)
    : palette.green(`This leaves ${dollars(left)} USD of the monthly budget of ${dollars(budgetUsd)} USD.`)
}

function warnings({ pricesAreOld, pricesReadOn, unknownTypes, notes }: CostReport): readonly string[] {
  return [
    ...(pricesAreOld
      ? [
          `The prices were read more than a year ago, on ${pricesReadOn}. Read them again: tools/zones/src/cost/price-list.ts`,
        ]
      : []),
    ...(unknownTypes.length > 0 ? [`Not counted, for nobody has priced it yet: ${unknownTypes.join(', ')}.`] : []),
    ...notes,
  ]
}

function amount({ quantity, price }: CostLine): string {
  const known = price.evidence === 'unverified' ? ' (unverified)' : ''
  return `${number(quantity)} × ${price.usd} per ${price.unit}${known}`
}

const dollars = (usd: number) => usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const number = (value: number) => value.toLocaleString('en-US', { maximumSignificantDigits: 4 })
