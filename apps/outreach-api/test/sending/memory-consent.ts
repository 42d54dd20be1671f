import { type ConsentEvent, type ConsentState, nextConsent, TOLD_IN_DISORDER_MS } from '../../src/domain/consent.ts'
import type { StartInDoubt } from '../../src/receiving/starts-in-doubt.ts'

/** Ways to get it wrong, each of which the schedules have to find. */
export type ConsentMistake = 'START counts as it is told' | 'START is forgotten when STOP is told after it'

/** What a patient said that changes whether they may be texted, as the ledger has it. */
interface Said {
  readonly sid: string
  readonly phone: string
  readonly gives: boolean
  readonly atMs: number
}

interface Doubt {
  readonly phone: string
  readonly receivedMs: number
  attempts: number
  nextMs: number
}

/** Who may be texted, in the model of the schedules. Whoever calls holds the number as the product has to. */
export class MemoryConsent {
  /** Texts that say START and wait for the carrier to say when they were written, by the carrier's names. */
  readonly doubts = new Map<string, Doubt>()
  /** Told whenever consent was taken back. */
  onTakenBack: (phone: string) => void = () => undefined
  readonly #states = new Map<string, ConsentState>()
  readonly #said: Said[] = []
  readonly #receivedMs = new Map<string, number>()
  readonly #nowMs: () => number
  readonly #mistake: string | undefined

  constructor(nowMs: () => number, mistake: string | undefined) {
    this.#nowMs = nowMs
    this.#mistake = mistake
  }

  of(phone: string): ConsentState {
    return this.#states.get(phone) ?? 'subscribed'
  }

  /** A person of the practice decides, or the carrier refuses. */
  decide(phone: string, event: 'person_release' | 'carrier_refusal'): void {
    this.#set(phone, nextConsent(this.of(phone), event).state)
  }

  saidStartSince(phone: string, atMs: number): boolean {
    return this.#said.some((said) => said.phone === phone && said.gives && said.atMs >= atMs)
  }

  hear(sid: string, phone: string, event: ConsentEvent): void {
    const before = this.of(phone)
    const gives = nextConsent(before, event).state === 'subscribed' && before !== 'subscribed'
    const atMs = this.#nowMs()
    this.#receivedMs.set(sid, atMs)
    if (gives && this.#against(phone, atMs).length > 0 && !this.#errs('START counts as it is told')) {
      this.#doubt(sid, phone, atMs)
      return
    }
    this.#change(sid, phone, event)
    if (this.of(phone) === 'subscribed' || this.#errs('START is forgotten when STOP is told after it')) return
    for (const said of this.#said)
      if (said.phone === phone && said.gives && said.atMs >= atMs - TOLD_IN_DISORDER_MS)
        this.#doubt(said.sid, phone, this.#receivedMs.get(said.sid) ?? said.atMs)
  }

  isAnyDue(nowMs: number): boolean {
    return [...this.doubts.values()].some(({ nextMs }) => nextMs <= nowMs)
  }

  take(nowMs: number, limit: number): readonly StartInDoubt[] {
    const due = [...this.doubts].filter(([, { nextMs }]) => nextMs <= nowMs).slice(0, limit)
    return due.map(([startSid, doubt]) => {
      this.leave(startSid, nowMs)
      const { phone, attempts, receivedMs } = doubt
      const againstSids = this.#against(phone, receivedMs)
      return { tenantId: 't', messageId: startSid, phone, startSid, againstSids, attempts }
    })
  }

  /** Somebody asks about it: nobody else does for a while. */
  leave(startSid: string, nowMs: number): void {
    const doubt = this.doubts.get(startSid)
    if (doubt === undefined) return
    doubt.nextMs = nowMs + Math.min(3_600, 15 * 2 ** Math.min(doubt.attempts, 8)) * 1_000
    doubt.attempts += 1
  }

  settle(startSid: string, asked: readonly string[], verdict: 'last_word' | 'taken_back'): 'settled' | 'again' {
    const doubt = this.doubts.get(startSid)
    if (doubt === undefined) return 'settled'
    if (this.#against(doubt.phone, doubt.receivedMs).some((sid) => !asked.includes(sid))) {
      doubt.nextMs = this.#nowMs()
      return 'again'
    }
    this.doubts.delete(startSid)
    if (verdict === 'last_word' && this.of(doubt.phone) !== 'subscribed') this.#change(startSid, doubt.phone, 'start')
    return 'settled'
  }

  #errs(mistake: ConsentMistake): boolean {
    return this.#mistake === mistake
  }

  #doubt(sid: string, phone: string, receivedMs: number): void {
    if (!this.doubts.has(sid)) this.doubts.set(sid, { phone, receivedMs, attempts: 0, nextMs: this.#nowMs() })
  }

  #change(sid: string, phone: string, event: ConsentEvent): void {
    const { state, recorded } = nextConsent(this.of(phone), event)
    if (recorded) this.#said.push({ sid, phone, gives: state === 'subscribed', atMs: this.#nowMs() })
    this.#set(phone, state)
  }

  #against(phone: string, receivedMs: number): readonly string[] {
    return this.#said
      .filter((said) => said.phone === phone && !said.gives && said.atMs >= receivedMs - TOLD_IN_DISORDER_MS)
      .map(({ sid }) => sid)
  }

  #set(phone: string, state: ConsentState): void {
    this.#states.set(phone, state)
    if (state !== 'subscribed') this.onTakenBack(phone)
  }
}
