import type { ProbeResult } from '@sax/probes'
import type { Formatter } from 'picocolors/types.js'
import { tally, type VerifyReport } from './verify-report.ts'

/** Colours, or functions that change nothing. */
export type Palette = Readonly<Record<'green' | 'red' | 'yellow' | 'dim' | 'bold', Formatter>>

/** The report for a terminal: one row per group, then every broken or unseen promise with its reasons. */
export function reportTable(report: VerifyReport, palette: Palette): string {
  const groups = [...new Set(report.results.map((result) => result.group))]
  const width = Math.max(...groups.map((group) => group.length), 'group'.length)
  const row = (name: string, cells: readonly (string | number)[]) =>
    `  ${name.padEnd(width)}  ${cells.map((cell) => String(cell).padStart(6)).join('  ')}`
  const rows = groups.map((group) => {
    const { kept, broken, unseen } = tally(report.results.filter((result) => result.group === group))
    const text = row(group, [kept, broken, unseen])
    if (broken > 0) return palette.red(text)
    return unseen > 0 ? palette.yellow(text) : text
  })
  const sum = tally(report.results)
  return [
    '',
    palette.bold(`${report.hostUrl} and ${report.outreachUrl}, ${report.routing} routing, release ${report.release}`),
    palette.dim(row('group', ['kept', 'broken', 'unseen'])),
    ...rows,
    palette.bold(row('all', [sum.kept, sum.broken, sum.unseen])),
    ...report.results.filter((result) => result.outcome !== 'kept').map((result) => details(result, palette)),
    '',
    conclusion(report, palette),
  ].join('\n')
}

/** Findings shown per promise; the HTML report has them all. */
const SHOWN = 6

function details({ id, title, outcome, findings }: ProbeResult, palette: Palette): string {
  const mark = outcome === 'broken' ? palette.red('broken') : palette.yellow('unseen')
  const more = findings.length > SHOWN ? [`      … and ${findings.length - SHOWN} more`] : []
  return [
    '',
    `  ${mark} ${id}: ${title}`,
    ...findings.slice(0, SHOWN).map((finding) => `      ${finding}`),
    ...more,
  ].join('\n')
}

/** The last line. It says that all is well only when everything was seen to be. */
export function conclusion({ results, durationMs }: VerifyReport, palette: Palette): string {
  const { kept, broken, unseen } = tally(results)
  const time = `${(durationMs / 1000).toFixed(1)} s`
  if (broken > 0) return palette.red(`${broken} of ${results.length} promises are broken (${time}).`)
  if (unseen > 0) return palette.yellow(`${kept} promises are kept; ${unseen} could not be seen (${time}).`)
  return palette.green(`All ${kept} promises are kept (${time}).`)
}
