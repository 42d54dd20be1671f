import type { Progress } from '../../src/domain/message-status.ts'
import { type CarrierAnswer, OPTED_OUT_CODE, SETTLING_MS } from '../../src/domain/outbox-steps.ts'
import type { Carrier, CarrierRecords, Letter } from '../../src/sending/carrier.ts'
import { REQUEST_TIMEOUT_MS } from '../../src/sending/twilio-client.ts'
import type { Process, Schedule } from './schedule.ts'

export interface Taken {
  readonly sid: string
  readonly messageId: string
  readonly to: string
  readonly body: string
  readonly createdMs: number
  readonly reports: readonly Progress[]
}

/** A request that is on its way: of a live process, or given up and still travelling. */
interface Request {
  readonly letter: Letter
  readonly process: Process
  readonly begunMs: number
  /** The carrier has decided about it. */
  arrived: boolean
}

const FATES: readonly (readonly Progress[])[] = [
  [{ status: 'queued' }, { status: 'sent' }, { status: 'delivered' }],
  [{ status: 'sent' }, { status: 'delivered' }, { status: 'read' }],
  [{ status: 'queued' }, { status: 'sent' }, { status: 'undelivered', errorCode: 30003 }],
  [{ status: 'sending' }, { status: 'failed', errorCode: 30005 }],
]

/**
 * A carrier that takes a message, or not, and answers, or not, as the schedule has it. A request that was given up is
 * taken before it could be believed lost, or never: that is what settling means.
 */
export class ModelCarrier {
  readonly taken: Taken[] = []
  readonly optedOut = new Set<string>()
  /** How far a message has come, as its reports say. */
  readonly progress = new Map<string, Progress>()
  readonly inFlight = new Set<Request>()
  /** When it got a text of a telephone. */
  readonly written = new Map<string, number>()
  readonly #late: { readonly letter: Letter; readonly lastMs: number }[] = []
  readonly #schedule: Schedule
  readonly #nowMs: () => number
  calm = false
  onBegun: (letter: Letter) => void = () => undefined
  onTaken: (taken: Taken) => void = () => undefined

  readonly #sidOf: (count: number) => string

  constructor(schedule: Schedule, nowMs: () => number, sidOf: (count: number) => string) {
    this.#schedule = schedule
    this.#nowMs = nowMs
    this.#sidOf = sidOf
  }

  recordsOf(process: Process): CarrierRecords {
    return {
      createdAt: async (sid) => {
        await this.#schedule.gate(process, 'ask when')
        const ms = this.written.get(sid)
        if (ms === undefined || (!this.calm && this.#schedule.random() < 0.2)) return undefined
        return toTheSecond(ms)
      },
    }
  }

  of(process: Process): Carrier {
    const { gate } = { gate: this.#schedule.gate.bind(this.#schedule) }
    return {
      send: async (letter) => {
        await gate(process, 'request')
        const request: Request = { letter, process, begunMs: this.#nowMs(), arrived: false }
        this.inFlight.add(request)
        this.onBegun(letter)
        try {
          await gate(process, 'at the carrier')
          const answer = this.#answer(letter)
          request.arrived = true
          await gate(process, 'answer')
          return answer
        } finally {
          this.inFlight.delete(request)
        }
      },
      find: async ({ to, body, storedAtMs }, known) => {
        await gate(process, 'ask')
        if (!this.calm && this.#schedule.random() < 0.2) return { kind: 'no_answer', code: 'timeout' }
        const matching = this.taken.filter((one) => one.to === to && one.body === body && one.createdMs >= storedAtMs)
        await gate(process, 'list')
        const others = await known(matching.map(({ sid }) => sid))
        const found = matching.find(({ sid }) => !others.has(sid))
        return found === undefined
          ? { kind: 'nothing' }
          : { kind: 'found', sid: found.sid, progress: this.progress.get(found.sid) ?? { status: 'queued' } }
      },
    }
  }

  /** No request of a live worker outlasts its timeout, and none that was given up its settling. */
  mayPass(ms: number): boolean {
    const until = this.#nowMs() + ms
    return [...this.inFlight].every(
      ({ process, begunMs }) => !this.#schedule.isAlive(process) || until <= begunMs + REQUEST_TIMEOUT_MS,
    )
  }

  /** Takes what was given up and still travels, at a moment of the schedule's and at the latest when it has to. */
  arrive(all = false): void {
    for (const one of [...this.#late]) {
      if (!all && one.lastMs > this.#nowMs() && this.#schedule.random() < 0.7) continue
      this.#late.splice(this.#late.indexOf(one), 1)
      this.#take(one.letter)
    }
  }

  /** Before the clock reaches it. */
  arriveBefore(ms: number): void {
    for (const one of [...this.#late]) {
      if (one.lastMs > this.#nowMs() + ms) continue
      this.#late.splice(this.#late.indexOf(one), 1)
      this.#take(one.letter)
    }
  }

  lost(process: Process): void {
    for (const request of this.inFlight) {
      if (request.process !== process) continue
      this.inFlight.delete(request)
      if (!request.arrived) this.#giveUp(request.letter)
    }
  }

  #answer(letter: Letter): CarrierAnswer {
    const draw = this.calm ? 0 : this.#schedule.random()
    if (draw < 0.5) {
      const taken = this.#take(letter)
      return taken === undefined
        ? { kind: 'refused', code: OPTED_OUT_CODE }
        : { kind: 'accepted', sid: taken.sid, progress: { status: 'queued' } }
    }
    if (draw < 0.62) {
      this.#take(letter)
      return { kind: 'unknown', code: 'timeout' }
    }
    if (draw < 0.74) {
      this.#giveUp(letter)
      return { kind: 'unknown', code: 'timeout' }
    }
    if (draw < 0.84) return { kind: 'unknown', code: 'status_500' }
    if (draw < 0.95) return { kind: 'not_processed', code: '20429' }
    return { kind: 'refused', code: '21211' }
  }

  #giveUp(letter: Letter): void {
    if (this.#schedule.random() < 0.3) return
    this.#late.push({ letter, lastMs: this.#nowMs() + SETTLING_MS - 5_000 })
  }

  #take(letter: Letter): Taken | undefined {
    if (this.optedOut.has(letter.to)) return undefined
    const taken: Taken = {
      sid: this.#sidOf(this.taken.length + 1),
      messageId: letter.messageId,
      to: letter.to,
      body: letter.body,
      createdMs: this.#nowMs(),
      reports: this.#schedule.pick(FATES),
    }
    this.taken.push(taken)
    this.onTaken(taken)
    return taken
  }
}

/** As the carrier tells times. */
export function toTheSecond(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000
}
