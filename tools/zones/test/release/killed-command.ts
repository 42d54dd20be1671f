import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Cloud, Passing } from '@sax/cloud'

const zones = fileURLToPath(new URL('../../bin/zones.mjs', import.meta.url))

/** How a command ended, and all that it wrote. */
export interface Ended {
  /** Null: it was killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Where a command is killed: at the so-and-so-many-th step of that name, from 1, before it is carried out or after. */
export interface Cut {
  readonly step: string
  readonly turn: number
  readonly when: 'before' | 'after'
  /** Default SIGKILL. With SIGINT, Ctrl-C, the call goes on: whoever gets it decides what to do. */
  readonly signal?: 'SIGINT'
}

export interface Command {
  readonly given: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Name of the step that a call is. Undefined: it is none. */
  readonly stepOf: (passing: Passing) => string | undefined
}

/**
 * Runs `zones` as a shell starts it, and kills it with SIGKILL while the one call of `cut` is held at the door: what it
 * sends at the same moment is carried out no more, as by a computer that is switched off. `steps`: what was carried out,
 * and `doneAtMs`: when each of them was.
 */
export async function runKilled(
  cloud: Cloud,
  { given, env, stepOf }: Command,
  cut?: Cut,
): Promise<Ended & { readonly steps: readonly string[]; readonly doneAtMs: readonly number[] }> {
  const child = spawn(process.execPath, [zones, ...given], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = endOf(child)
  const steps: string[] = []
  const doneAtMs: number[] = []
  const turns = new Map<string, number>()
  let isDead = false
  const leave = cloud.attend(async (passing) => {
    const step = stepOf(passing)
    if (step === undefined) return 'goes on'
    if (isDead) return 'cut'
    if (passing.when === 'after') {
      steps.push(step)
      doneAtMs.push(performance.now())
    }
    // Several are under way at once now and then: each moment counts by itself.
    const moment = `${passing.when} ${step}`
    const turn = (turns.get(moment) ?? 0) + 1
    turns.set(moment, turn)
    if (cut?.step !== step || cut.when !== passing.when || cut.turn !== turn) return 'goes on'
    if (cut.signal !== undefined) {
      child.kill(cut.signal)
      return 'goes on'
    }
    isDead = true
    child.kill('SIGKILL')
    await ended
    return 'cut'
  })
  const end = await ended
  // What a dead process had sent is done or not when somebody comes after it. Here it may wait behind files for longer
  // than the next command takes to start, which would take a renewal of the lock for a sign of life.
  await cloud.quiet()
  leave()
  return { ...end, steps, doneAtMs }
}

function endOf(child: ChildProcess): Promise<Ended> {
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (piece: Buffer) => {
      text[name] += piece.toString('utf8')
    })
  }
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...text })))
}
