import Table from 'cli-table3'
import type { Colors } from 'picocolors/types'
import { clock, isGreen, type Timeline } from './timeline.ts'

/** Without lines, as all tables of these commands. */
const PLAIN = {
  chars: {
    ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '' },
    ...{ 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '' },
  },
  style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [] },
}

/** The timeline for a terminal: an act a line, and below it all that went otherwise. */
export function timelineText(timeline: Timeline, palette: Colors): string {
  const table = new Table({ ...PLAIN, head: ['', 'at', 'took', 'act', 'seen'] })
  for (const { title, startedMs, tookMs, isRight, told } of timeline.acts) {
    table.push([
      isRight ? palette.green('✔') : palette.red('✖'),
      clock(startedMs),
      `${(tookMs / 1000).toFixed(1)} s`,
      title,
      told.split('\n')[0] ?? '',
    ])
  }
  const otherwise = timeline.acts
    .filter(({ isRight }) => !isRight)
    .map(({ title, told }) => `${palette.red(title)}\n${told}`)
  const right = timeline.acts.length - otherwise.length
  const sum = `${right} of ${timeline.acts.length} acts came out as they have to.`
  return [table.toString(), ...otherwise, isGreen(timeline) ? palette.green(sum) : palette.red(sum)].join('\n\n')
}
