import colors from 'picocolors'
import type { Level, LogLine } from './site/part-log.ts'

const RANK: Readonly<Record<Level, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

const PART_COLORS = [colors.cyan, colors.magenta, colors.blue, colors.green, colors.yellow, colors.gray]

/** Longest part name, so that the texts stand in one column. */
const NAME_WIDTH = 'outreach-api-routes'.length

/** A printer of the parts' lines: those of at least `least`, prefixed by their part in its colour. */
export function linePrinter(least: Level, write: (text: string) => void): (line: LogLine) => void {
  const seen: string[] = []
  return ({ part, level, text }) => {
    if (RANK[level] < RANK[least]) return
    if (!seen.includes(part)) seen.push(part)
    const color = PART_COLORS[seen.indexOf(part) % PART_COLORS.length] ?? colors.gray
    write(`${color(part.padEnd(NAME_WIDTH))} ${colored(level, text)}`)
  }
}

function colored(level: Level, text: string): string {
  if (level === 'error') return colors.red(text)
  return level === 'warn' ? colors.yellow(text) : text
}
