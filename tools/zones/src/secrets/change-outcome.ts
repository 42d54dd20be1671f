import { AwsFailure } from '../aws/aws-failure.ts'
import type { ChangeOutcome } from '../outcome.ts'
import type { Journal } from './write-secret.ts'

export const refused = (reason: string): ChangeOutcome => ({ kind: 'refused', text: '', reason })
export const declined: ChangeOutcome = { kind: 'declined', text: '', reason: 'Nothing was changed.' }

/** Nothing of this run, or some of it: the same reason has another exit code once something was written. */
export function endedEarly({ written }: Journal, reason: string): ChangeOutcome {
  return written.length === 0 ? refused(reason) : stopped(written, reason)
}

/** What is said when two people change one secret at once. */
export const overtaken = (stage: string, name: string) =>
  `Somebody else has just changed ${name} of ${stage}. Look at it (npx zones secrets check ${stage}) and run the same command again if it is still wanted.`

/** The outcome of `run`, in which a failure of AWS is told from the journal: refused, stopped, or not known. */
export async function guarded(run: (journal: Journal) => Promise<ChangeOutcome>): Promise<ChangeOutcome> {
  const journal: Journal = { written: [], sent: undefined }
  try {
    return await run(journal)
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error
    const { sent, written } = journal
    if (sent === undefined || certainlyNotDone(error)) return endedEarly(journal, `${error.message} ${error.next}`)
    return stopped(
      written,
      `${error.message} Whether ${sent} was written is not known. ${error.next} It looks first, and writes nothing twice.`,
    )
  }
}

function stopped(written: readonly string[], reason: string): ChangeOutcome {
  const before = written.length === 0 ? '' : ` Written before that: ${written.join(', ')}.`
  return { kind: 'stopped', text: '', reason: `${reason}${before}` }
}

/** True when AWS has certainly not done what it was asked for; an answer that never came leaves that open. */
function certainlyNotDone({ code }: AwsFailure): boolean {
  return code !== 'unreachable' && code !== 'unavailable'
}
