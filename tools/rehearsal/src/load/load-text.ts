import type { LoadReport } from './load-while-releasing.ts'
import type { Spread } from './tally.ts'

/** The report for people: how long answers took, and all that went wrong. */
export function loadText(report: LoadReport): string {
  const { asked, perSecond, seconds, spreads, commands, machineLoad, releases, oldFiles, oldTabs, faults } = report
  const failed = faults.reduce((sum, { times }) => sum + times, 0)
  return [
    `${number(asked)} requests in ${number(Math.round(seconds))} s, ${perSecond} a second, while releases changed. Load of the machine before ${machineLoad.before.toFixed(1)}, after ${machineLoad.after.toFixed(1)}.`,
    '',
    ...table(['answers', 'times', 'p50 ms', 'p90 ms', 'p99 ms', 'max ms'], spreads),
    '',
    ...table(['commands', 'times', 'p50 ms', 'p90 ms', 'p99 ms', 'max ms'], commands),
    '',
    `Releases seen: ${releases.join(', ')}; ${number(oldFiles)} files of an old tab, ${number(oldTabs)} times somebody went on in one.`,
    ...(failed === 0 ? ['No request failed, no page mixed two builds.'] : [`${number(failed)} faults:`]),
    ...faults.map(({ what, times, during, requestId }) =>
      [
        `  ${number(times)} × ${what}`,
        ...(during.length === 0 ? [] : [`during ${during.join(', ')}`]),
        ...(requestId === undefined ? [] : [`first ${requestId}`]),
      ].join('; '),
    ),
  ].join('\n')
}

/** The part of docs/performance.md about releases under load. Markdown. @param text of `loadText` */
export function loadPart(text: string, measuredOn: string): string {
  return [
    '## Releases while people work',
    '',
    'Written by `npm run rehearse -- --load`.',
    '',
    `${measuredOn} Pages, calls and files of four sessions, two of either tenant, through the public names, begun at a steady pace whether or not earlier ones have ended, while a release is deployed and rolled back; two of three are for files, and the first deployment waits until the load is steady. Everything runs on this one machine, the deployments too: where its administrator allows it, who asks and the front door go before functions, and these before the deployment, which in a stage runs elsewhere. An answer that came late is no fault here; the table says how late.`,
    '',
    '```text',
    text,
    '```',
  ].join('\n')
}

function table(head: readonly string[], spreads: readonly Spread[]): readonly string[] {
  const rows = spreads.map(({ kind, asked, p50Ms, p90Ms, p99Ms, maxMs }) => [
    kind,
    ...[asked, p50Ms, p90Ms, p99Ms, maxMs].map(number),
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  )
}

function number(value: number): string {
  return value.toLocaleString('en-GB')
}
