import type { Manifest } from '@sax/release'
import { askedFunctions } from './asked-functions.ts'
import { type FunctionFigures, TWO_CPUS_MB } from './measure-functions.ts'

export interface MeasuredOn {
  /** ISO 8601 */
  readonly date: string
  /** As `machineText` says it. */
  readonly machine: string
  /** Load averages of the last minute before and after. Above the number of cores, every figure is too high. */
  readonly loadBefore: number
  readonly loadAfter: number
}

/** The memory that the aims are for. */
const AIM_MB = 1024

/** The part of docs/performance.md about functions. Markdown. */
export function functionsText(manifest: Manifest, figures: readonly FunctionFigures[], on: MeasuredOn): string {
  const [{ cold, warm } = { cold: { starts: 0 }, warm: { calls: 0 } }] = figures
  return [
    '## Functions, cold and warm, in the rehearsal',
    '',
    'Written by `npm run rehearse -- --measure`.',
    '',
    `${on.date}, release ${manifest.release}: ${on.machine}. ` +
      `Load before the run ${on.loadBefore.toFixed(1)}, after it ${on.loadAfter.toFixed(1)}.`,
    '',
    `Each function as the release packs it, run by AWS's own runtime client in a process of its own and invoked as AWS does, without a front door. A sandbox gets the share of a processor that comes with its memory on AWS, 1 vCPU with 1,769 MB, and while it starts a whole one, as on AWS. Cold is the start of the process until the handler is there, then the first answer, with the secrets read and the connections made that it needs; ${cold.starts} starts, medians. Warm is ${warm.calls} calls, one after the other. What a function calls itself is warm.`,
    '',
    ...table(
      [
        'function',
        'memory MB',
        'vCPU',
        'start ms',
        'first answer ms',
        'cold ms',
        'longest ms',
        'warm p50 ms',
        'p99 ms',
        'MB used',
      ],
      figures.map((one) => [
        one.role,
        whole(one.memoryMb),
        one.vcpus === 'full' ? 'all' : one.vcpus.toFixed(2),
        ...[one.cold.initMs, one.cold.firstMs, one.cold.medianMs, one.cold.maxMs].map(whole),
        ...[one.warm.p50Ms, one.warm.p99Ms].map((ms) => ms.toFixed(1)),
        one.peakMb === undefined ? '' : whole(one.peakMb),
      ]),
    ),
    '',
    'What that comes to:',
    '',
    ...table(
      ['function', 'asked for', 'cold ms, 1 GB', 'aim', '', 'package kB', 'aim', ''],
      askedFunctions.map(({ role, asked, coldAimMs, packageAimBytes }) => {
        const coldMs = figures.find((one) => one.role === role && one.memoryMb === AIM_MB)?.cold.medianMs
        const bytes = manifest.functions.find((one) => one.role === role)?.bytes
        return [
          ...[role, asked, coldMs === undefined ? '' : whole(coldMs)],
          ...(coldAimMs === undefined ? ['', ''] : [whole(coldAimMs), mark(coldMs, coldAimMs)]),
          bytes === undefined ? '' : whole(bytes / 1000),
          ...[whole(packageAimBytes / 1000), mark(bytes, packageAimBytes)],
        ]
      }),
    ),
    '',
    `While it starts, a function on demand has a whole processor; the rows with ${whole(TWO_CPUS_MB)} MB have two, before and after. A start at AWS adds what is not here: fetching the package, and making the virtual machine. These processors are x64; the functions run on arm64.`,
  ].join('\n')
}

function mark(value: number | undefined, aim: number): string {
  if (value === undefined) return 'not measured'
  return value <= aim ? 'held' : `missed by ${Math.round((value / aim - 1) * 100)} %`
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)]
}
