import type { ChangeOutcome } from '../outcome.ts'
import { withGeneratedBlocks } from '../runbook/generated-blocks.ts'

export interface InfraRunbookPorts {
  readonly read: () => string
  readonly write: (document: string) => void
  /** Path for people. */
  readonly shown: string
}

/** Brings the parts of the runbook that repeat the topology along with it. */
export function infraRunbook({ read, write, shown }: InfraRunbookPorts): ChangeOutcome {
  const before = read()
  const after = withGeneratedBlocks(before)
  if (after === before) return { kind: 'done', text: `${shown} is as the topology says.` }
  write(after)
  return { kind: 'done', text: `Written: ${shown}` }
}
