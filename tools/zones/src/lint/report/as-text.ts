import type { Formatter } from 'picocolors/types.js'
import { type Finding, ruleBook } from '../finding.ts'
import type { Summary } from './summary.ts'

/** Colours, or functions that change nothing. */
export type Palette = Readonly<Record<'red' | 'yellow' | 'green' | 'dim' | 'bold' | 'cyan', Formatter>>

/** Findings for a terminal, by file: where, a path that shows it, why, what to do. */
export function asText(findings: readonly Finding[], summary: Summary, palette: Palette): string {
  const files = [...new Set(findings.map(({ file }) => file))]
  return [
    ...files.flatMap((file) => [
      palette.bold(file),
      ...findings.filter((finding) => finding.file === file).map((finding) => block(finding, palette)),
    ]),
    conclusion(summary, palette),
  ].join('\n')
}

function block({ rule, severity, witness, where, file, why, fix }: Finding, palette: Palette): string {
  const mark = severity === 'error' ? palette.red('error  ') : palette.yellow('warning')
  const place = where.startsWith(file) ? where.slice(file.length).replace(/^: /, '') : where
  const { ids } = ruleBook[rule]
  const about = ids.length === 0 ? '' : palette.dim(` (${ids.join(', ')})`)
  return [
    `  ${mark}  ${palette.bold(rule)}${about}  ${palette.cyan(witness)}`,
    ...(place === '' ? [] : [`           ${palette.dim(place)}`]),
    `           ${why}`,
    `           ${palette.green('fix')} ${fix}`,
    '',
  ].join('\n')
}

function conclusion({ errors, warnings, distributions, projects }: Summary, palette: Palette): string {
  const looked = `${count(distributions, 'distribution')} and ${count(projects, 'application')}`
  if (errors + warnings === 0) return palette.green(`Nothing found in ${looked}.`)
  const text = `${count(errors, 'error')}, ${count(warnings, 'warning')} in ${looked}.`
  return errors > 0 ? palette.red(text) : palette.yellow(text)
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
