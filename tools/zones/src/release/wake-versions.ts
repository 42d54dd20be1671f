import { darkQuestions } from './dark-requests.ts'
import { requestEvent } from './function-events.ts'
import type { LiveSet } from './live-set.ts'
import type { ReleasePorts } from './ports.ts'
import { functionNameOf, type StageLayout } from './stage-layout.ts'

/** An older version that does not start within this time is seen not to by the probes; who goes back is in a hurry. */
const WAKE_MS = 4_000

/**
 * Asks versions that nobody has reached for a while how they are, all at once, so that they have started before people
 * come to them. What they answer is not looked at: whether the stage is well is seen afterwards, through its public names.
 */
export async function wakeVersions(
  ports: Pick<ReleasePorts, 'invoke' | 'newId' | 'now' | 'wait'>,
  layout: StageLayout,
  set: LiveSet,
  roles: readonly string[],
): Promise<void> {
  const nobody = { good: '', expired: '', foreign: '' }
  const questions = darkQuestions(layout, set, '', nobody)
  const asked = roles.flatMap((role) => {
    // The first thing that every function is asked is which release it is.
    const question = questions.find((one) => one.role === role)
    const version = set.functions[role]?.version
    if (question === undefined || version === undefined) return []
    const event = requestEvent(question.entrance, question.request, ports.newId(), ports.now())
    return [ports.invoke(functionNameOf(layout, role), version, event).catch(() => undefined)]
  })
  await Promise.race([Promise.all(asked), ports.wait(WAKE_MS)])
}
