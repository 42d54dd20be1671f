import { loadavg } from 'node:os'
import { join } from 'node:path'
import { releaseName } from '../../build/release-name.ts'
import { sourceHash } from '../../build/source-hash.ts'
import { defaultDataDir, repositoryRoot } from '../../settings.ts'
import { thisMachine } from '../machine.ts'
import { measureQuestions } from './latency.ts'
import { measureLoad } from './load.ts'
import { conversationFigures } from './report.ts'
import { startStand } from './stand.ts'
import { createStep } from './step.ts'

/**
 * Measures conversations at the backend, first each question alone and then the load of a working day, and answers their
 * part of docs/performance.md.
 */
export async function benchConversations({
  seconds,
  say,
}: {
  readonly seconds: number
  readonly say: (line: string) => void
}): Promise<string> {
  const machine = thisMachine(
    releaseName(repositoryRoot, sourceHash(repositoryRoot, ['apps/outreach-api', 'packages'])),
    loadavg()[0] ?? 0,
  )
  const step = createStep(say, () => performance.now())
  say('Conversations: 200,000, with 2,000,000 messages …')
  const stand = await startStand(join(defaultDataDir, 'bench-conversations'), step)
  const interrupted = () => void stand.stop().finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted)
  try {
    const questions = await measureQuestions(stand, step)
    const load = await measureLoad(stand, seconds, step)
    return conversationFigures({ machine, questions, load })
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted)
    await stand.stop()
  }
}
