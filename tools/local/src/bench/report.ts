import type { FrontDoorBench } from './front-door.ts'
import type { Load } from './load.ts'
import { type Machine, machineLine } from './machine.ts'
import type { Memory } from './memory.ts'

export interface BenchResult {
  readonly machine: Machine
  readonly application: readonly Load[]
  readonly alone: FrontDoorBench
  readonly frontDoor: readonly Load[]
  readonly startSec: number
  readonly idle: readonly Memory[]
  readonly afterLoad: readonly Memory[]
  readonly proportional: boolean
}

/** The site's part of docs/performance.md: what was measured, on what, by which command. */
export function siteFigures({
  machine,
  application,
  alone,
  frontDoor,
  startSec,
  idle,
  afterLoad,
  proportional,
}: BenchResult): string {
  const sum = (list: readonly Memory[]) => list.reduce((total, { megabytes }) => total + megabytes, 0)
  const memoryRows = idle.map(({ part, megabytes }) => [
    part,
    String(megabytes),
    String(afterLoad.find((other) => other.part === part)?.megabytes ?? ''),
  ])
  return [
    'Written by `npm run bench`; run it to replace these numbers by those of your machine.',
    '',
    `${machineLine(machine)} The asking program runs on the same cores.`,
    '',
    "## The zone's API application before a fixed backend",
    '',
    'The template list, twenty templates, token verified on each request, log written. Aim: 3,000 requests a second over 10 connections, p99 below 15 ms.',
    '',
    ...loadTable(application),
    '',
    '## The front door alone',
    '',
    `A kept file of 20 kB, ${alone.pinned ? 'each server held to one core' : 'each server on whatever cores it gets'}; nginx is the yardstick where it is installed. Aim: 3,000 requests a second.`,
    '',
    ...loadTable(alone.cached),
    '',
    'A small answer that is never kept, one request after the other. Aim: less than 1 ms more than the origin itself at the median, less than 3 ms at the 99th percentile.',
    '',
    ...latencyTable(alone.uncached),
    '',
    '## Through the front door, everything running',
    '',
    'Host routing: front door, host, front door, zone, and for the API its routes, the backend and PostgreSQL.',
    '',
    ...loadTable(frontDoor),
    '',
    '## Start and memory',
    '',
    `All parts ready ${startSec.toFixed(1)} s after the start (applications built, database there).`,
    '',
    ...table(
      ['part', 'MB idle', 'MB after load'],
      [...memoryRows, ['**all**', `**${sum(idle)}**`, `**${sum(afterLoad)}**`]],
    ),
    '',
    proportional
      ? 'Proportional set size: memory that parts share counts once.'
      : 'Resident size: memory that parts share counts in each.',
  ].join('\n')
}

function loadTable(loads: readonly Load[]): readonly string[] {
  return table(
    ['what', 'connections', 'requests/s', 'p50 ms', 'p99 ms', 'failures'],
    loads.map((load) => [
      load.what,
      ...[load.connections, load.requestsPerSec, load.p50Ms, load.p99Ms, load.failures].map((value) =>
        value.toLocaleString('en-US'),
      ),
    ]),
  )
}

function latencyTable(measured: FrontDoorBench['uncached']): readonly string[] {
  const [direct] = measured
  return table(
    ['what', 'p50 ms', 'p99 ms', 'added p50 ms', 'added p99 ms'],
    measured.map(({ what, p50Ms, p99Ms }, i) => [
      what,
      p50Ms.toFixed(2),
      p99Ms.toFixed(2),
      ...(i === 0 || direct === undefined
        ? ['', '']
        : [(p50Ms - direct.p50Ms).toFixed(2), (p99Ms - direct.p99Ms).toFixed(2)]),
    ]),
  )
}

/** A table in Markdown. The first column is words, the others are figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)]
}
