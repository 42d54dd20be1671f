import type { Palette } from '../report/table.ts'
import type { TickedLine } from './judge.ts'
import { nextOf } from './lines.ts'

/** Proofs shown of a line that is ticked; the files have them all. */
const SHOWN = 2

/** The checklist for a terminal: each box, and for an open one why and what comes next. */
export function checklistText(stage: string, lines: readonly TickedLine[], palette: Palette): string {
  const parts = [...new Set(lines.map(({ line }) => line.part))]
  const open = lines.filter(({ isTicked }) => !isTicked)
  return [
    ...parts.map((part) =>
      [
        palette.bold(part),
        ...lines.filter(({ line }) => line.part === part).map((one) => lineText(stage, one, palette)),
      ].join('\n'),
    ),
    open.length === 0
      ? palette.green(`All ${lines.length} lines are ticked for ${stage}.`)
      : palette.red(`${open.length} of ${lines.length} lines are open for ${stage}.`),
  ].join('\n\n')
}

function lineText(stage: string, { line, isTicked, checked }: TickedLine, palette: Palette): string {
  const told = isTicked ? checked.slice(0, SHOWN) : checked.filter(({ holds }) => !holds)
  return [
    `  ${isTicked ? palette.green('[x]') : palette.red('[ ]')} ${line.text}`,
    ...told.map(({ by, proof }) => palette.dim(`      ${by}: ${proof}`)),
    ...(isTicked ? [] : [`      → ${nextOf(line, stage)}`]),
  ].join('\n')
}

/** The same as Markdown, every proof included. */
export function checklistMarkdown(stage: string, lines: readonly TickedLine[], at: Date): string {
  const parts = [...new Set(lines.map(({ line }) => line.part))]
  const count = lines.filter(({ isTicked }) => isTicked).length
  return [
    `# Deployment checklist of ${stage}`,
    '',
    `Seen ${at.toISOString()}: ${count} of ${lines.length} lines ticked. A line that could not be seen is open.`,
    ...parts.flatMap((part) => [
      '',
      `## ${part}`,
      '',
      ...lines.filter(({ line }) => line.part === part).flatMap((one) => lineMarkdown(stage, one)),
    ]),
    '',
  ].join('\n')
}

function lineMarkdown(stage: string, { line, isTicked, checked }: TickedLine): readonly string[] {
  return [
    `- [${isTicked ? 'x' : ' '}] ${line.text}`,
    ...checked.map(({ by, holds, proof }) => `  - ${holds ? 'seen' : 'open'} \`${by}\`: ${escaped(proof)}`),
    ...(isTicked ? [] : [`  - next: \`${nextOf(line, stage)}\``]),
  ]
}

/** What an answer quotes is text and no markup. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|]/g, '\\$&').replaceAll('\n', ' ')
}
