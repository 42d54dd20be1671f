import type { ConsentState } from '../../src/domain/consent.ts'
import { further, type Progress } from '../../src/domain/message-status.ts'
import { saidAboutTexting } from '../../src/domain/revocation-words.ts'
import type { StartStore } from '../../src/receiving/starts-in-doubt.ts'
import type { Letter } from '../../src/sending/carrier.ts'
import type { Claim, OutboxStore } from '../../src/sending/outbox-store.ts'
import { type ConsentMistake, MemoryConsent } from './memory-consent.ts'
import type { Process, Schedule } from './schedule.ts'

export interface Row {
  readonly id: string
  readonly phone: string
  readonly body: string
  readonly storedAtMs: number
  /** When it is to go, if later than at once; gone once it was sent now. */
  scheduledForMs?: number | undefined
  calledOff?: true | undefined
  /** A person had it sent again, at once, whatever its hour. */
  resent?: true
  progress: Progress
  sid?: string
  state: 'waiting' | 'claimed' | 'sending' | 'unknown' | 'done' | 'dead'
  attempts: number
  nextMs: number
  by?: string | undefined
  untilMs?: number | undefined
}

/** Ways to get it wrong, each of which the schedules have to find. */
export type Mistake =
  | 'consent read before the number is held'
  | 'sending taken for waiting'
  | 'unknown not left to settle'
  | 'claims not checked when writing'
  | 'last report wins'
  | 'no name of the carrier is known'
  | 'intent stored without its client id'
  | 'called off whatever a worker does with it'
  | 'called off for the eye only'
  | 'sent now while nobody knows whether it was sent'
  | ConsentMistake

/** What a schedule runs on: what is sent, and whether it may be. */
export interface Books {
  readonly rows: ReadonlyMap<string, Row>
  consentOf(phone: string): ConsentState
  /** Told whenever consent was taken back, before anybody hears that it was. */
  onTakenBack: (phone: string) => void
  intend(process: Process, wish: Wish): Promise<void>
  callOff(process: Process, row: Row): Promise<boolean>
  sendNow(process: Process, row: Row): Promise<boolean>
  resend(process: Process, row: Row): Promise<boolean>
  release(process: Process, phone: string): Promise<void>
  receive(process: Process, sid: string, phone: string, body: string): Promise<void>
  report(process: Process, id: string, sid: string, progress: Progress): Promise<void>
  storeOf(process: Process): OutboxStore
  startsOf(process: Process): StartStore
  /** Whether the text is stored. */
  hasReceived(sid: string): boolean
  /** How many texts that say START are waiting for the carrier to say when they were written. */
  readonly inDoubt: number
}

/** What a coordinator wants. The same client is the same wish. */
export interface Wish {
  readonly client: string
  readonly phone: string
  readonly body: string
  readonly laterMs: number
}

/** Everything that a database would hold, and its locks. What lies between two gates is one transaction. */
export class Memory implements Books {
  readonly rows = new Map<string, Row>()
  readonly byClient = new Map<string, string>()
  readonly consent: MemoryConsent
  readonly received = new Set<string>()
  readonly #shared = new Map<string, Set<Process>>()
  readonly #alone = new Map<string, Process>()
  readonly #messages = new Map<string, Process>()
  readonly #schedule: Pick<Schedule, 'gate'>
  readonly #nowMs: () => number
  readonly #mistake: Mistake | undefined

  constructor(schedule: Pick<Schedule, 'gate'>, nowMs: () => number, mistake?: Mistake) {
    this.#schedule = schedule
    this.#nowMs = nowMs
    this.#mistake = mistake
    this.consent = new MemoryConsent(nowMs, mistake)
  }

  consentOf(phone: string): ConsentState {
    return this.consent.of(phone)
  }

  set onTakenBack(tell: (phone: string) => void) {
    this.consent.onTakenBack = tell
  }

  hasReceived(sid: string): boolean {
    return this.received.has(sid)
  }

  get inDoubt(): number {
    return this.consent.doubts.size
  }

  /** The request of a coordinator: intent and consent check in one transaction. */
  async intend(process: Process, { client, phone, body, laterMs }: Wish, name?: string): Promise<void> {
    await this.#schedule.gate(process, 'intend', () => !this.#alone.has(phone))
    if (this.consentOf(phone) !== 'subscribed') return
    if (this.byClient.has(client) && this.#mistake !== 'intent stored without its client id') return
    const id = name ?? `m${this.rows.size + 1}`
    const storedAtMs = this.#nowMs()
    this.rows.set(id, {
      id,
      phone,
      body,
      storedAtMs,
      scheduledForMs: laterMs > 0 ? storedAtMs + laterMs : undefined,
      progress: { status: 'queued' },
      state: 'waiting',
      attempts: 0,
      nextMs: storedAtMs + laterMs,
    })
    this.byClient.set(client, id)
    await this.#schedule.gate(process, 'intended')
  }

  /** A person calls a message off. Answers whether it was; else it is on its way, or was. */
  async callOff(process: Process, row: Row): Promise<boolean> {
    await this.#schedule.gate(process, 'call off')
    const waits = row.state === 'waiting' || row.state === 'dead'
    if ((!waits && this.#mistake !== 'called off whatever a worker does with it') || row.sid !== undefined) return false
    if (this.#mistake !== 'called off for the eye only')
      Object.assign(row, { state: 'dead', by: undefined, untilMs: undefined })
    row.progress = { status: 'failed' }
    row.calledOff = true
    return true
  }

  /** A person has a message that waits for later sent at once. Answers whether it waited for that. */
  async sendNow(process: Process, row: Row): Promise<boolean> {
    await this.#schedule.gate(process, 'send now', () => !this.#alone.has(row.phone))
    if (this.consentOf(row.phone) !== 'subscribed') return false
    const unsure = this.#mistake === 'sent now while nobody knows whether it was sent' && row.state === 'unknown'
    const waits = (row.state === 'waiting' || unsure) && row.nextMs > this.#nowMs()
    if (!waits || row.scheduledForMs === undefined) return false
    Object.assign(row, { nextMs: this.#nowMs(), scheduledForMs: undefined })
    return true
  }

  /** A person has a message sent again that was given up or called off. Answers whether it was. */
  async resend(process: Process, row: Row): Promise<boolean> {
    await this.#schedule.gate(process, 'resend', () => !this.#alone.has(row.phone))
    if (this.consentOf(row.phone) !== 'subscribed' || row.state !== 'dead' || row.sid !== undefined) return false
    const again = { state: 'waiting', attempts: 0, nextMs: this.#nowMs(), by: undefined, untilMs: undefined } as const
    Object.assign(row, again, {
      ...{ progress: { status: 'queued' }, calledOff: undefined, scheduledForMs: undefined, resent: true },
    })
    return true
  }

  /** A person decides that a held number may be texted. */
  async release(process: Process, phone: string): Promise<void> {
    await this.#takeAlone(process, phone)
    this.consent.decide(phone, 'person_release')
    this.#release(process)
  }

  /** The inbound webhook. */
  async receive(process: Process, sid: string, phone: string, body: string): Promise<void> {
    const said = saidAboutTexting(body)
    await this.#schedule.gate(process, 'received')
    if (said !== undefined && said !== 'help') await this.#takeAlone(process, phone)
    if (!this.received.has(sid)) {
      this.received.add(sid)
      if (said !== undefined && said !== 'help') this.consent.hear(sid, phone, said)
    }
    this.#release(process)
    await this.#schedule.gate(process, 'answered')
  }

  /** The status webhook. */
  async report(process: Process, id: string, sid: string, progress: Progress): Promise<void> {
    await this.#schedule.gate(process, `report ${progress.status}`)
    const row = [...this.rows.values()].find((one) => one.sid === sid) ?? this.rows.get(id)
    if (row === undefined || (row.sid ?? sid) !== sid) return
    Object.assign(row, { state: 'done', by: undefined, untilMs: undefined })
    this.#progress(row, progress, sid)
  }

  /** The outbox as one worker sees it. */
  storeOf(process: Process): OutboxStore {
    const { gate } = { gate: this.#schedule.gate.bind(this.#schedule) }
    process.onKilled = () => this.#release(process)
    const row = ({ messageId }: { readonly messageId: string }): Row => {
      const found = this.rows.get(messageId)
      if (found === undefined) throw new Error('no such row')
      return found
    }
    const mine = (claim: Claim) => row(claim).by === claim.token || this.#mistake === 'claims not checked when writing'
    const letterOf = ({ id, phone, body, storedAtMs }: Row): Letter => ({
      messageId: id,
      to: phone,
      from: '+16175550100',
      messagingServiceSid: undefined,
      body,
      pictures: [],
      storedAtMs,
    })
    const write: OutboxStore['record'] = async (claim, step) => {
      const one = row(claim)
      if (!mine(claim)) return 'lost'
      // The carrier's names are unique, so that PostgreSQL refuses the whole transaction.
      const others = [...this.rows.values()].filter(({ id }) => id !== one.id)
      if (
        step.sid &&
        this.#mistake !== 'no name of the carrier is known' &&
        others.some(({ sid }) => sid === step.sid)
      ) {
        throw new Error('unique')
      }
      one.state = step.state
      one.nextMs = step.nextAttemptAtMs ?? one.nextMs
      if (step.uncounted) one.attempts -= 1
      one.by = undefined
      one.untilMs = undefined
      if (step.message !== undefined) this.#progress(one, step.message, step.sid)
      return 'recorded'
    }
    return {
      due: async ({ nowMs, limit }) => {
        await gate(process, 'due')
        return [...this.rows.values()]
          .filter((one) => isListed(one, nowMs))
          .slice(0, limit)
          .map(({ id }) => ({ tenantId: 't', messageId: id }))
      },
      claim: async (key, { token, claimMs, settlingMs }) => {
        await gate(process, 'claim')
        const nowMs = this.#nowMs()
        const one = row(key)
        if (this.#messages.has(one.id) || !isDue(one, nowMs)) return undefined
        if (one.state === 'sending' && this.#mistake !== 'sending taken for waiting') {
          const nextMs = this.#mistake === 'unknown not left to settle' ? nowMs : nowMs + settlingMs
          Object.assign(one, { state: 'unknown', nextMs, by: undefined, untilMs: undefined })
          return undefined
        }
        const work = one.state === 'unknown' ? 'ask' : 'send'
        Object.assign(one, { state: work === 'ask' ? 'unknown' : 'claimed', by: token, untilMs: nowMs + claimMs })
        await gate(process, 'claimed')
        return { ...key, token, work, attempts: one.attempts }
      },
      begin: async (claim) => {
        await gate(process, 'begin')
        const one = row(claim)
        if (!mine(claim) || (one.state !== 'claimed' && this.#mistake !== 'claims not checked when writing'))
          return 'lost'
        one.state = 'sending'
        one.attempts += 1
        await gate(process, 'begun')
        return 'begun'
      },
      holding: async (claim, work) => {
        try {
          await gate(process, 'hold')
          const one = row(claim)
          if (this.#messages.has(one.id)) return 'lost'
          this.#messages.set(one.id, process)
          const early = this.consentOf(one.phone)
          if (this.#mistake === 'consent read before the number is held') await gate(process, 'read too early')
          await gate(process, 'wait for the number', () => !this.#alone.has(one.phone))
          this.#shared.set(one.phone, (this.#shared.get(one.phone) ?? new Set()).add(process))
          if (!mine(claim) || (one.state !== 'sending' && this.#mistake !== 'claims not checked when writing'))
            return 'lost'
          const consent = this.#mistake === 'consent read before the number is held' ? early : this.consentOf(one.phone)
          const step = await work({ letter: letterOf(one), consent })
          await gate(process, 'write')
          const written = await write(claim, this.#settled(step))
          this.#release(process)
          await gate(process, 'written')
          return written
        } finally {
          this.#release(process)
        }
      },
      letter: async (claim) => {
        await gate(process, 'letter')
        return letterOf(row(claim))
      },
      known: async (claim, sids) => {
        await gate(process, 'known')
        if (this.#mistake === 'no name of the carrier is known') return new Set()
        return new Set(
          [...this.rows.values()].flatMap(({ id, sid }) =>
            id !== claim.messageId && sid && sids.includes(sid) ? [sid] : [],
          ),
        )
      },
      record: async (claim, step) => {
        await gate(process, 'record')
        const written = await write(claim, this.#settled(step))
        await gate(process, 'recorded')
        return written
      },
      refusedByCarrier: async (claim, refusedAtMs) => {
        await gate(process, 'refused by the carrier')
        const { phone } = row(claim)
        await this.#takeAlone(process, phone)
        if (!this.consent.saidStartSince(phone, refusedAtMs)) this.consent.decide(phone, 'carrier_refusal')
        this.#release(process)
      },
    }
  }

  /** What is in doubt, as one worker sees it. */
  startsOf(process: Process): StartStore {
    return {
      take: async ({ limit, nowMs }) => {
        if (!this.consent.isAnyDue(nowMs)) return []
        await this.#schedule.gate(process, 'starts')
        return this.consent.take(nowMs, limit)
      },
      settle: async ({ startSid, phone, againstSids }, verdict) => {
        await this.#takeAlone(process, phone)
        const settled = this.consent.settle(startSid, againstSids, verdict)
        this.#release(process)
        return settled
      },
    }
  }

  #settled<T extends { readonly state: string; readonly nextAttemptAtMs?: number }>(step: T): T {
    if (step.state !== 'unknown' || this.#mistake !== 'unknown not left to settle') return step
    return { ...step, nextAttemptAtMs: this.#nowMs() }
  }

  async #takeAlone(process: Process, phone: string): Promise<void> {
    await this.#schedule.gate(
      process,
      'wait for senders',
      () => !this.#alone.has(phone) && (this.#shared.get(phone)?.size ?? 0) === 0,
    )
    this.#alone.set(phone, process)
    process.onKilled = () => this.#release(process)
    await this.#schedule.gate(process, 'alone').catch((error: unknown) => {
      this.#release(process)
      throw error
    })
  }

  #progress(row: Row, progress: Progress, sid: string | undefined): void {
    row.progress = this.#mistake === 'last report wins' ? progress : further(row.progress, progress)
    if (sid !== undefined) row.sid ??= sid
  }

  #release(process: Process): void {
    for (const holders of this.#shared.values()) holders.delete(process)
    for (const held of [this.#alone, this.#messages]) {
      for (const [key, holder] of held) if (holder === process) held.delete(key)
    }
  }
}

export function isOpen({ state }: Row): boolean {
  return state !== 'done' && state !== 'dead'
}

/** Whether a worker is told to look at it: what somebody asks the carrier for at this moment as well. */
export function isListed(row: Row, nowMs: number): boolean {
  return isDue(row, nowMs) || (row.state === 'unknown' && row.nextMs <= nowMs)
}

function isDue(row: Row, nowMs: number): boolean {
  return isOpen(row) && row.nextMs <= nowMs && (row.untilMs === undefined || row.untilMs <= nowMs)
}
