import { setTimeout as after } from 'node:timers/promises'
import type { Carrier } from '../carrier.ts'
import type { Phones } from '../phones.ts'
import { samplePicture } from './sample-picture.ts'
import type { ScriptLine } from './script.ts'

/** What came of a script. */
export type Played =
  | { readonly kind: 'played'; readonly lines: number }
  /** Lines are counted without empty ones and comments, from 1. */
  | { readonly kind: 'stopped'; readonly line: number; readonly why: 'no_such_number' | 'not_heard' | 'broken_off' }

export interface Playing {
  readonly carrier: Carrier
  readonly signal: AbortSignal
  /** Pauses; default the computer's clock. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<unknown>
}

const LOOK_MS = 50
const pauseFor = (ms: number, signal: AbortSignal) => after(ms, undefined, { signal })

/** Does what a script says, line after line. */
export async function playScript(lines: readonly ScriptLine[], playing: Playing): Promise<Played> {
  const { signal, pause = pauseFor } = playing
  for (const [index, line] of lines.entries()) {
    try {
      if (line.afterMs > 0) await pause(line.afterMs, signal)
      const why = await playLine(line, { ...playing, pause })
      if (why !== undefined) return { kind: 'stopped', line: index + 1, why }
    } catch (error) {
      if (signal.aborted) return { kind: 'stopped', line: index + 1, why: 'broken_off' }
      throw error
    }
  }
  return { kind: 'played', lines: lines.length }
}

async function playLine(
  line: ScriptLine,
  { carrier, signal, pause }: Required<Playing>,
): Promise<'no_such_number' | 'not_heard' | undefined> {
  if ('carrier' in line) {
    carrier.behave(line.carrier)
    return undefined
  }
  if ('until' in line) {
    const before = heard(carrier.phones, line.until, undefined)
    const isHeard = () =>
      line.hears === undefined
        ? heard(carrier.phones, line.until, undefined) > before
        : heard(carrier.phones, line.until, line.hears) > 0
    for (let leftMs = line.withinMs; !isHeard(); leftMs -= LOOK_MS) {
      if (leftMs <= 0) return 'not_heard'
      await pause(Math.min(LOOK_MS, leftMs), signal)
    }
    return undefined
  }
  const to = line.to ?? carrier.phones.of(line.from).at(-1)?.number ?? carrier.options.senders[0]?.phone ?? ''
  const pictures = line.picture ? [samplePicture] : []
  const received = carrier.receive({ from: line.from, to, body: line.says, pictures })
  return received.kind === 'no_such_number' ? 'no_such_number' : undefined
}

/** Messages of a practice that the phone shows, all or those with these words in them. */
function heard(phones: Phones, phone: string, words: string | undefined): number {
  return phones
    .of(phone)
    .filter(({ kind, text }) => kind === 'practice' && (words === undefined || text.includes(words))).length
}
