import { createHash, randomUUID } from 'node:crypto'
import type { Progress } from '../../src/domain/message-status.ts'
import type { Viewer } from '../../src/domain/viewer.ts'
import { Refusal } from '../../src/http/refusal.ts'
import type { StartStore } from '../../src/receiving/starts-in-doubt.ts'
import { optedOut, storeIntent } from '../../src/routes/send-message.ts'
import type { OutboxStore } from '../../src/sending/outbox-store.ts'
import { bringForward, callOff } from '../../src/store/called-off.ts'
import { changeConsent, consentOf, holdPhoneAlone, holdPhoneShared } from '../../src/store/consent.ts'
import type { Database } from '../../src/store/database.ts'
import { createOutboxStore } from '../../src/store/outbox.ts'
import { createReceivingStore } from '../../src/store/receiving.ts'
import { retryDead } from '../../src/store/retry.ts'
import { createStartStore } from '../../src/store/starts-in-doubt.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { gatedDatabase, type Open, type Spoilt } from './gated-database.ts'
import { HARBOR, TENANT } from './letters.ts'
import { type Books, isListed, Memory, type Row, type Wish } from './memory-store.ts'
import { receivedText } from './received-text.ts'
import type { Process, Schedule } from './schedule.ts'

const COORDINATOR: Viewer = {
  saxId: 1386,
  name: 'A coordinator',
  tenantId: TENANT,
  practiceId: HARBOR,
  roles: ['coordinator'],
  scope: { kind: 'practice', practiceId: HARBOR },
}
/** How often nothing is not asked for. */
const ASKED_FOR_NOTHING = 0.9
/** What the model is asked as: it has nobody wait. */
const NOBODY: Process = { name: 'nobody' }

export interface PostgresBooksOptions {
  readonly database: Database
  readonly schedule: Schedule
  readonly nowMs: () => number
  /** Conversations by their telephones. */
  readonly conversations: ReadonlyMap<string, string>
  readonly open: Open
  /** Ends a backend, and resolves when it is gone. */
  readonly end: (backend: number) => Promise<void>
  readonly spoilt: Spoilt
}

/** What a process does to a message while others may be at it too. */
interface Doing {
  readonly messageId: string
  contested: boolean
}

/**
 * The store of the product on PostgreSQL, and beside it the model of the schedules: what a transaction did is done to the
 * model when it commits, and both have to say the same. Only who came second to a message that somebody else has may be
 * told to come again where the model would have let them.
 */
export class PostgresBooks implements Books {
  readonly differences: string[] = []
  readonly model: Memory
  readonly #options: PostgresBooksOptions
  readonly #doing = new Set<Doing>()
  readonly #workers = new WeakSet<Process>()
  /** The clock as it was read inside the transaction that the model is told of. */
  #atMs: number | undefined

  constructor(options: PostgresBooksOptions) {
    this.#options = options
    this.model = new Memory({ gate: async () => undefined }, () => this.#atMs ?? options.nowMs())
  }

  get rows() {
    return this.model.rows
  }

  consentOf(phone: string) {
    return this.model.consentOf(phone)
  }

  set onTakenBack(tell: (phone: string) => void) {
    this.model.onTakenBack = tell
  }

  async intend(process: Process, wish: Wish): Promise<void> {
    const now = new Date(this.#options.nowMs())
    const id = randomUUID()
    const stored = await this.#run(process, 'intend', () =>
      this.#databaseOf(process).inTenant(TENANT, (tx) =>
        storeIntent(
          tx,
          COORDINATOR,
          this.#conversationOf(wish.phone),
          {
            clientId: clientIdOf(wish),
            body: wish.body,
            seenSeq: Number.MAX_SAFE_INTEGER,
            ...(wish.laterMs > 0 ? { scheduledFor: new Date(now.getTime() + wish.laterMs).toISOString() } : {}),
          },
          { newId: () => id, now },
        ),
      ),
    )
    const known = this.model.byClient.get(wish.client)
    await this.#replay(now.getTime(), () => this.model.intend(NOBODY, wish, id))
    // Who was told that it is stored may rely on it, and who was refused on that.
    const expected = known ?? (this.model.rows.has(id) ? id : 'refused')
    if (stored !== expected && stored !== 'refused') this.#differ(`intend: ${stored}, not ${expected}`)
    if (stored === 'refused' && this.consentOf(wish.phone) === 'subscribed') this.#differ('intend: refused for nothing')
    await this.#options.schedule.gate(process, 'intended')
  }

  async callOff(process: Process, row: Row): Promise<boolean> {
    const now = new Date(this.#options.nowMs())
    return this.#alone(row.id, async (doing) => {
      const done = await this.#run(process, 'call off', () =>
        this.#databaseOf(process).inTenant(TENANT, (tx) => callOff(tx, COORDINATOR, row.id, now)),
      )
      if (done !== true && doing.contested) return false
      return this.#same(
        'call off',
        done === true,
        await this.#replay(now.getTime(), () => this.model.callOff(NOBODY, row)),
      )
    })
  }

  async sendNow(process: Process, row: Row): Promise<boolean> {
    const now = new Date(this.#options.nowMs())
    return this.#alone(row.id, async (doing) => {
      const done = await this.#run(process, 'send now', () =>
        this.#databaseOf(process).inTenant(TENANT, async (tx) => {
          await holdPhoneShared(tx, row.phone)
          const consent = await consentOf(tx, TENANT, row.phone)
          if (consent !== 'subscribed') throw optedOut(consent)
          return bringForward(tx, COORDINATOR, row.id, now)
        }),
      )
      if (done !== true && doing.contested) return false
      // Who waited for a worker's write still sees the hour from before it, and brings forward what is to be tried again.
      if (done === true && doing.contested && row.state === 'waiting' && row.nextMs > now.getTime()) {
        Object.assign(row, { nextMs: now.getTime(), scheduledForMs: undefined })
        return true
      }
      return this.#same(
        'send now',
        done === true,
        await this.#replay(now.getTime(), () => this.model.sendNow(NOBODY, row)),
      )
    })
  }

  async resend(process: Process, row: Row): Promise<boolean> {
    const now = new Date(this.#options.nowMs())
    return this.#alone(row.id, async (doing) => {
      const done = await this.#run(process, 'resend', () =>
        this.#databaseOf(process).inTenant(TENANT, async (tx) => {
          await holdPhoneShared(tx, row.phone)
          const consent = await consentOf(tx, TENANT, row.phone)
          if (consent !== 'subscribed') throw optedOut(consent)
          return retryDead(tx, COORDINATOR, row.id, now)
        }),
      )
      if (done !== true && doing.contested) return false
      return this.#same(
        'resend',
        done === true,
        await this.#replay(now.getTime(), () => this.model.resend(NOBODY, row)),
      )
    })
  }

  async release(process: Process, phone: string): Promise<void> {
    await this.#run(process, 'release', () =>
      this.#databaseOf(process).inTenant(TENANT, async (tx) => {
        await holdPhoneAlone(tx, phone)
        const event = { event: 'person_release', actorSaxId: COORDINATOR.saxId, reason: 'Asked by telephone' } as const
        await changeConsent(tx, { tenantId: TENANT, phone, ...event, atMs: this.#options.nowMs() })
      }),
    )
    await this.model.release(NOBODY, phone)
  }

  async receive(process: Process, sid: string, phone: string, body: string): Promise<void> {
    const clock = this.#clock()
    const store = createReceivingStore(this.#databaseOf(process), { newId: randomUUID, nowMs: clock.nowMs })
    const stored = await this.#run(process, 'receive', () => store.receive(receivedText(sid, phone, body)))
    this.#same('receive', stored, this.model.received.has(sid) ? 'seen' : 'stored')
    await this.#replay(clock.readAt(), () => this.model.receive(NOBODY, sid, phone, body))
    await this.#options.schedule.gate(process, 'answered')
  }

  async report(process: Process, messageId: string, sid: string, progress: Progress): Promise<void> {
    await this.#options.schedule.gate(process, `report ${progress.status}`)
    const clock = this.#clock()
    const store = createReceivingStore(this.#databaseOf(process), { newId: randomUUID, nowMs: clock.nowMs })
    await this.#alone(messageId, async () => {
      await this.#run(process, 'report', () => store.report({ sid, messageId, progress }))
      await this.#replay(clock.readAt(), () => this.model.report(NOBODY, messageId, sid, progress))
    })
  }

  hasReceived(sid: string): boolean {
    return this.model.hasReceived(sid)
  }

  get inDoubt(): number {
    return this.model.inDoubt
  }

  startsOf(process: Process): StartStore {
    const { gate } = { gate: this.#options.schedule.gate.bind(this.#options.schedule) }
    this.#workers.add(process)
    const clock = this.#clock()
    const store = createStartStore(this.#databaseOf(process), clock.nowMs)
    const model = this.model.startsOf(NOBODY)
    return {
      take: async (query) => {
        if (!this.model.consent.isAnyDue(query.nowMs) && this.#options.schedule.random() < ASKED_FOR_NOTHING) return []
        await gate(process, 'starts')
        const taken = await this.#run(process, 'take starts', () => store.take(query))
        if (taken === 'refused') return []
        for (const { startSid } of taken) this.model.consent.leave(startSid, query.nowMs)
        return taken
      },
      settle: async (start, verdict) => {
        const settled = await this.#run(process, 'settle a start', () => store.settle(start, verdict))
        this.#same('settle a start', settled, await this.#replay(clock.readAt(), () => model.settle(start, verdict)))
        return settled === 'refused' ? 'again' : settled
      },
    }
  }

  storeOf(process: Process): OutboxStore {
    const { gate } = { gate: this.#options.schedule.gate.bind(this.#options.schedule) }
    this.#workers.add(process)
    process.onKilled = async () => {
      const backend = this.#options.open.backends.get(process)
      if (backend !== undefined) await this.#options.end(backend)
    }
    let clock = this.#clock()
    const sql = createOutboxStore(this.#databaseOf(process), () => clock.nowMs())
    const model = this.model.storeOf({ name: 'nobody' })
    const row = ({ messageId }: { readonly messageId: string }) => this.model.rows.get(messageId)
    return {
      due: async (query) => {
        await gate(process, 'due')
        const expected = [...this.model.rows.values()].filter((one) => isListed(one, query.nowMs)).map(({ id }) => id)
        // Workers look into an empty outbox most of the time.
        if (expected.length === 0 && this.#options.schedule.random() < ASKED_FOR_NOTHING) return []
        const due = await this.#run(process, 'due', () => sql.due(query))
        if (due === 'refused') return []
        const found = due.map(({ messageId }) => messageId)
        const right =
          found.every((id) => expected.includes(id)) && found.length === Math.min(query.limit, expected.length)
        if (!right) this.#differ(`due: ${found.length} of ${expected.length}`)
        return due
      },
      claim: (key, take) =>
        this.#alone(key.messageId, async (doing) => {
          await gate(process, 'claim')
          clock = this.#clock()
          const claim = await this.#run(process, 'claim', () => sql.claim(key, take))
          if (claim === 'refused') return undefined
          // Whoever came second may or may not have seen what a worker left behind; nothing else happens to them.
          const left =
            claim === undefined && doing.contested && (await this.#stateOf(key.messageId)) === row(key)?.state
          if (!left) {
            const expected = await this.#replay(clock.readAt(), () => model.claim(key, take))
            this.#same(
              'claim',
              claim && `${claim.work} ${claim.attempts}`,
              expected && `${expected.work} ${expected.attempts}`,
            )
          }
          await gate(process, 'claimed')
          return claim
        }),
      begin: (claim) =>
        this.#alone(claim.messageId, async () => {
          await gate(process, 'begin')
          clock = this.#clock()
          const begun = await this.#run(process, 'begin', () => sql.begin(claim))
          this.#same('begin', begun, await this.#replay(clock.readAt(), () => model.begin(claim)))
          await gate(process, 'begun')
          return begun === 'refused' ? 'lost' : begun
        }),
      holding: (claim, work) =>
        this.#alone(claim.messageId, async (doing) => {
          await gate(process, 'hold')
          clock = this.#clock()
          let step: Parameters<OutboxStore['record']>[1] | undefined
          const written = await this.#run(
            process,
            'holding',
            () =>
              sql.holding(claim, async (held) => {
                this.#same('consent while held', held.consent, this.consentOf(held.letter.to))
                step = await work(held)
                return step
              }),
            async () => step && model.record(claim, step),
          )
          const taken = step
          if (taken !== undefined)
            this.#same('holding', written, await this.#replay(clock.readAt(), () => model.record(claim, taken)))
          else if (!doing.contested && row(claim)?.by === claim.token && row(claim)?.state === 'sending')
            this.#differ('holding: lost for nothing')
          await gate(process, 'written')
          return written === 'refused' ? 'lost' : written
        }),
      letter: async (claim) => {
        await gate(process, 'letter')
        const letter = await this.#run(process, 'letter', () => sql.letter(claim))
        return letter === 'refused' ? undefined : letter
      },
      known: async (claim, sids) => {
        await gate(process, 'known')
        const known = await this.#run(process, 'known', () => sql.known(claim, sids))
        return known === 'refused' ? new Set() : known
      },
      record: (claim, step) =>
        this.#alone(claim.messageId, async () => {
          await gate(process, 'record')
          clock = this.#clock()
          const written = await this.#run(
            process,
            'record',
            () => sql.record(claim, step),
            () => model.record(claim, step),
          )
          this.#same('record', written, await this.#replay(clock.readAt(), () => model.record(claim, step)))
          await gate(process, 'recorded')
          return written === 'refused' ? 'lost' : written
        }),
      refusedByCarrier: async (claim, refusedAtMs) => {
        await gate(process, 'refused by the carrier')
        clock = this.#clock()
        await this.#run(process, 'refused by the carrier', () => sql.refusedByCarrier(claim, refusedAtMs))
        await this.#replay(clock.readAt(), () => model.refusedByCarrier(claim, refusedAtMs))
      },
    }
  }

  #databaseOf(process: Process): Database {
    const { database, schedule, open, spoilt } = this.#options
    return gatedDatabase({ database, schedule, process, open, spoilt })
  }

  #conversationOf(phone: string): string {
    const id = this.#options.conversations.get(phone)
    if (id === undefined) throw new Error('a telephone of another schedule')
    return id
  }

  /**
   * Runs something of the product's. `refused`: it said no. What a schedule breaks goes on to whoever asked; anything else
   * that fails is a difference, but for a name of the carrier's that stands elsewhere, where `replay` has to fail as well.
   */
  async #run<T>(
    process: Process,
    what: string,
    work: () => Promise<T>,
    replay?: () => Promise<unknown>,
  ): Promise<T | 'refused'> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Refusal && error.code === 'OPTED_OUT') return 'refused'
      // On a machine with other work a connection may not come in time. Nothing was done then: a worker loses its message,
      // and everybody else asks again.
      if (isUnavailable(error) && !this.#workers.has(process)) return this.#run(process, what, work, replay)
      const broken =
        isUnavailable(error) || (error instanceof Error && ['connection lost', 'killed'].includes(error.message))
      if (!broken && !this.#options.schedule.isAlive(process)) throw error
      if (!broken && !(isDuplicate(error) && replay !== undefined && (await fails(replay))))
        this.#differ(`${what} failed: ${nameOf(error)}`)
      throw error
    }
  }

  /** Notes whether anybody else was at the message meanwhile. */
  async #alone<T>(messageId: string, work: (doing: Doing) => Promise<T>): Promise<T> {
    const others = [...this.#doing].filter((one) => one.messageId === messageId)
    for (const one of others) one.contested = true
    const doing = { messageId, contested: others.length > 0 }
    this.#doing.add(doing)
    try {
      return await work(doing)
    } finally {
      this.#doing.delete(doing)
    }
  }

  async #stateOf(messageId: string): Promise<string | undefined> {
    const { rows } = await this.#options.database.inTenant(TENANT, (tx) =>
      tx.execute<{ state: string }>(`select state from app.outbox where message_id = '${messageId}'`),
    )
    return rows[0]?.state
  }

  /** A clock that knows when it was read last. */
  #clock() {
    let readAt: number | undefined
    const nowMs = () => {
      readAt = this.#options.nowMs()
      return readAt
    }
    return { nowMs, readAt: () => readAt }
  }

  async #replay<T>(atMs: number | undefined, work: () => Promise<T>): Promise<T> {
    this.#atMs = atMs
    try {
      return await work()
    } finally {
      this.#atMs = undefined
    }
  }

  #same<T>(what: string, found: T, expected: unknown): T {
    if (found !== expected) this.#differ(`${what}: ${found}, in the model ${expected}`)
    return found
  }

  #differ(what: string): void {
    this.differences.push(what)
  }
}

/** The same for the same wish of the same telephone. */
function clientIdOf({ client, phone }: Wish): string {
  const hex = createHash('sha256').update(`${client} ${phone}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

function isUnavailable(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'unavailable'
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}

async function fails(work: () => Promise<unknown>): Promise<boolean> {
  return work().then(
    () => false,
    () => true,
  )
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no error'
  return 'code' in error ? `${error.name} ${String(error.code)} ${error.message}` : `${error.name} ${error.message}`
}
