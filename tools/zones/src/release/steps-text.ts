import Table from 'cli-table3'
import { fitting, plainTable } from '../report/plain-table.ts'
import type { StepRecord } from './record.ts'

/** Mark, name, time, and what there is to say: all of it about as wide as a terminal. */
const WIDTHS = [5, 14, 10, 90] as const

/** What was done, one line a step, with the time each took. */
export function stepsText(steps: readonly StepRecord[]): string {
  const table = new Table({ ...plainTable, colWidths: [...WIDTHS] })
  for (const { name, startedAt, endedAt, detail, ended } of steps) {
    const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
    table.push([ended === 'well' ? '✔' : '✖', name, `${seconds.toFixed(1)} s`, fitting(detail, WIDTHS[3])])
  }
  return table.toString()
}
