import { checklistText } from '../checklist/checklist-text.ts'
import { type Sight, type TickedLine, ticked } from '../checklist/judge.ts'
import { lines, nextOf } from '../checklist/lines.ts'
import type { Outcome } from '../outcome.ts'
import type { Palette } from '../report/table.ts'

export interface ChecklistPorts {
  readonly look: () => Promise<Sight>
  /** Keeps it where the person wants it. */
  readonly write: (lines: readonly TickedLine[]) => void
  readonly palette: Palette
}

/** Every box of the deployment checklist, ticked by what was seen. Done only when none is open. */
export async function checklist(
  { json }: { readonly json: boolean },
  { look, write, palette }: ChecklistPorts,
): Promise<Outcome> {
  const sight = await look()
  const all = lines.map((line) => ticked(line, sight))
  write(all)
  const text = json ? checklistJson(sight.stage, all) : checklistText(sight.stage, all, palette)
  return all.every(({ isTicked }) => isTicked) ? { kind: 'done', text } : { kind: 'failed', text, reason: '' }
}

function checklistJson(stage: string, all: readonly TickedLine[]): string {
  const told = all.map(({ line, isTicked, checked }) => ({
    ...{ id: line.id, part: line.part, text: line.text, isTicked, checked },
    next: isTicked ? undefined : nextOf(line, stage),
  }))
  return JSON.stringify({ stage, lines: told }, null, 2)
}
