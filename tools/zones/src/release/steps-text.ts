import Table from 'cli-table3'
import { plainTable } from '../report/plain-table.ts'
import type { StepRecord } from './record.ts'

/** What was done, one line a step, with the time each took. */
export function stepsText(steps: readonly StepRecord[]): string {
  const table = new Table(plainTable)
  for (const { name, startedAt, endedAt, detail, ended } of steps) {
    const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
    table.push([ended === 'well' ? '✔' : '✖', name, `${seconds.toFixed(1)} s`, detail])
  }
  return table.toString()
}
