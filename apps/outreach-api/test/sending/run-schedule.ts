import { createLogger } from '@sax/logging'
import { TOLD_IN_DISORDER_MS } from '../../src/domain/consent.ts'
import { further, type Progress } from '../../src/domain/message-status.ts'
import { MAX_ATTEMPTS } from '../../src/domain/outbox-steps.ts'
import { type SaidAboutTexting, saidAboutTexting } from '../../src/domain/revocation-words.ts'
import { createStartWorker } from '../../src/receiving/starts-in-doubt.ts'
import { createOutboxWorker } from '../../src/sending/outbox-worker.ts'
import { type Books, isOpen, Memory, type Mistake, type Wish } from './memory-store.ts'
import { ModelCarrier, toTheSecond } from './model-carrier.ts'
import { type Process, randomFrom, Schedule } from './schedule.ts'

const PHONES = ['+16175550101', '+16175550102'] as const
const TEXTS = ['STOP', 'START', 'please stop texting me', 'YES', 'Thank you'] as const
/** How much later than at once a coordinator wants it sent. */
const LATER_MS = [0, 0, 0, 2_000, 40_000] as const
const PAUSES_MS = [10, 900, 2_500, 31_000, 61_000] as const

/** A text that a telephone has sent, and that the carrier tells of in its own time. */
interface Text {
  readonly sid: string
  readonly phone: string
  readonly body: string
  readonly said: SaidAboutTexting | undefined
  readonly second: number
}

const silent = createLogger({ service: 'model', level: 'error', destination: { write: () => undefined } })

/** What a schedule runs on, when that is not the model. */
export interface Ground {
  /** Two telephones that nobody else has. */
  readonly phones: readonly [string, string]
  readonly startMs: number
  /** How many more steps the same takes than with the model. */
  readonly stretch: number
  /** The carrier's name for a text that it took, or that it brings. */
  readonly sidOf: (kind: 'out' | 'in', count: number) => string
  readonly isHeldUp: (process: Process) => Promise<boolean>
  readonly open: (schedule: Schedule, nowMs: () => number) => Books
  /** What is wrong in the end besides what can be seen in the books. */
  readonly audit: () => Promise<readonly string[]>
}

const model: Omit<Ground, 'open'> = {
  phones: PHONES,
  startMs: 1_000_000,
  stretch: 1,
  sidOf: (kind, count) => (kind === 'out' ? `SM${count}` : `in ${count}`),
  isHeldUp: async () => false,
  audit: async () => [],
}

/** Runs the schedule of a seed on the model. As `runScheduleOn`. */
export function runSchedule(
  seed: number,
  mistake?: Mistake,
  tell?: (line: string) => void,
): Promise<string | undefined> {
  const open = (schedule: Schedule, nowMs: () => number) => new Memory(schedule, nowMs, mistake)
  return runScheduleOn({ ...model, open }, seed, tell)
}

/** What went wrong in the schedule of a seed, or undefined. Half of all carriers know who said stop themselves. */
export async function runScheduleOn(
  { phones, startMs, stretch, sidOf, isHeldUp, open, audit }: Ground,
  seed: number,
  tell: (line: string) => void = () => undefined,
): Promise<string | undefined> {
  const random = randomFrom(seed)
  const schedule = new Schedule(random, tell, isHeldUp === model.isHeldUp ? undefined : isHeldUp)
  let now = startMs
  const nowMs = () => now
  const memory = open(schedule, nowMs)
  const carrier = new ModelCarrier(schedule, nowMs, (count) => sidOf('out', count))
  const carrierKnowsStop = random() < 0.5
  const muchIsWritten = random() < 0.3
  const wrong: string[] = []
  const reports: { readonly messageId: string; readonly sid: string; readonly progress: Progress }[] = []
  const toldCalledOff = new Set<string>()
  const texts: Text[] = []
  let ids = 0

  carrier.onBegun = ({ messageId, to }) => {
    if (memory.consentOf(to) !== 'subscribed') wrong.push(`${messageId} was sent to a number that had said stop`)
    const { calledOff, resent, scheduledForMs = 0 } = memory.rows.get(messageId) ?? {}
    if (calledOff) wrong.push(`${messageId} was sent after it had been called off`)
    const told = texts.filter((one) => one.phone === to && memory.hasReceived(one.sid))
    if (lastWordOf(told) === 'stop') wrong.push(`${messageId} was sent though STOP was the last word that was told`)
    if (scheduledForMs > now && !resent) wrong.push(`${messageId} was sent before its time`)
  }
  memory.onTakenBack = (phone) => {
    const onTheWay = [...carrier.inFlight].some(
      ({ letter, process }) => letter.to === phone && schedule.isAlive(process),
    )
    if (onTheWay) wrong.push(`stop was accepted for ${phone} while something was being sent to it`)
  }
  carrier.onTaken = ({ messageId, sid, to, reports: told }) => {
    tell(`${now}: ${messageId} is taken as ${sid} for ${to}`)
    for (const progress of told) {
      reports.push({ messageId, sid, progress })
      if (random() < 0.2) reports.push({ messageId, sid, progress })
    }
  }

  const startWorker = () =>
    schedule.start(`worker ${++ids}`, async (process) => {
      const worker = createOutboxWorker({
        store: memory.storeOf(process),
        carrier: carrier.of(process),
        nowMs,
        random,
        newId: () => `claim ${++ids}`,
        logger: silent,
      })
      const starts = createStartWorker({
        store: memory.startsOf(process),
        carrier: carrier.recordsOf(process),
        nowMs,
        logger: silent,
      })
      for (;;) {
        await schedule.gate(process, 'idle').catch(() => undefined)
        await worker.sweep(3).catch(() => undefined)
        await starts.sweep(3).catch(() => undefined)
      }
    })
  const startReport = () => {
    const [one] = reports.splice(Math.floor(random() * reports.length), 1)
    if (one === undefined) return undefined
    const { sid, progress } = one
    carrier.progress.set(sid, further(carrier.progress.get(sid) ?? progress, progress))
    return schedule.start('status', (process) => memory.report(process, one.messageId, one.sid, one.progress))
  }
  const wants: Wish[] = []
  const intend = () => {
    const again = wants.length > 0 && random() < 0.3
    const want = again
      ? schedule.pick(wants)
      : {
          client: `c${wants.length}`,
          phone: schedule.pick(phones),
          body: schedule.pick(['Hello', 'Hello', 'See you']),
          laterMs: schedule.pick(LATER_MS),
        }
    if (!again) wants.push(want)
    return schedule.start('coordinator', (process) => memory.intend(process, want))
  }
  const changeMind = (how: 'callOff' | 'sendNow' | 'resend') => {
    // Only what waits for its hour can be asked to wait no longer.
    const rows = [...memory.rows.values()].filter((one) => how !== 'sendNow' || one.scheduledForMs !== undefined)
    if (rows.length === 0) return undefined
    const row = schedule.pick(rows)
    return schedule.start(how, async (process) => {
      const done = await memory[how](process, row)
      tell(`${now}: ${how} of ${row.id}: ${done}`)
      // Who is told that it was called off may rely on it, whatever the row says later.
      if (done && how === 'callOff') toldCalledOff.add(row.id)
      if (done && how === 'resend') toldCalledOff.delete(row.id)
    })
  }
  const writeAnew = (): Text => {
    const body = schedule.pick(TEXTS)
    const said = saidAboutTexting(body)
    const text = { sid: sidOf('in', ++ids), phone: schedule.pick(phones), body, said, second: toTheSecond(now) }
    if (carrierKnowsStop && said === 'stop') carrier.optedOut.add(text.phone)
    if (carrierKnowsStop && (said === 'start' || said === 'yes')) carrier.optedOut.delete(text.phone)
    carrier.written.set(text.sid, now)
    texts.push(text)
    return text
  }
  /** The carrier tells of a text within minutes. */
  const tellsInTime = (pause: number) =>
    texts.every(({ sid, second }) => memory.hasReceived(sid) || now + pause < second + TOLD_IN_DISORDER_MS)
  const write = () => {
    const again = texts.length > 0 && random() < 0.2 ? schedule.pick(texts) : undefined
    const { sid, phone, body } = again ?? writeAnew()
    return schedule.start('inbound', (process) => memory.receive(process, sid, phone, body))
  }

  const workers: Process[] = [await startWorker(), await startWorker()]
  await intend()
  const steps = (40 + Math.floor(random() * 120)) * stretch
  for (let step = 0; step < steps; step += 1) {
    const draw = random()
    if (draw < 0.03 && wants.length < 5) await intend()
    else if (draw < 0.05) await write()
    else if (draw < 0.09) await startReport()
    else if (draw < 0.12) {
      const pause = schedule.pick(PAUSES_MS)
      if (!carrier.mayPass(pause) || !tellsInTime(pause)) continue
      carrier.arriveBefore(pause)
      now += pause
    } else if (draw < 0.14) carrier.arrive()
    else if (draw < 0.16) {
      const index = Math.floor(random() * workers.length)
      const worker = workers[index]
      if (worker === undefined) continue
      carrier.lost(worker)
      await schedule.kill(worker)
      workers[index] = await startWorker()
    } else if (draw < 0.18) await changeMind('callOff')
    else if (draw < 0.2) await changeMind('sendNow')
    else if (draw < 0.22) await changeMind('resend')
    else if (draw < 0.25 && muchIsWritten) await write()
    else {
      const runnable = schedule.runnable()
      if (runnable.length > 0) {
        const next = schedule.pick(runnable)
        await schedule.step(next, workers.includes(next) && random() < 0.02)
      }
    }
  }

  // Nothing fails any more, and everything that is due is done.
  carrier.calm = true
  for (let round = 0; round < 60; round += 1) {
    carrier.arrive(true)
    while (reports.length > 0) await startReport()
    for (const phone of phones) if (memory.consentOf(phone) === 'held') await release(schedule, memory, phone)
    for (let turn = 0; turn < 400 * stretch; turn += 1) {
      const runnable = schedule.runnable()
      const busy = runnable.filter((one) => !schedule.isIdle(one))
      if (runnable.length === 0 && schedule.isAnybodyHeldUp()) wrong.push('everybody waits for a lock of somebody else')
      if (runnable.length === 0 || (busy.length === 0 && turn > 4)) break
      await schedule.step(schedule.pick(busy.length > 0 ? busy : runnable))
    }
    const open = [...memory.rows.values()].filter(isOpen)
    if (open.length === 0 && reports.length === 0 && memory.inDoubt === 0) break
    now += 31_000
  }

  for (const row of memory.rows.values()) {
    if (isOpen(row)) wrong.push(`${row.id} is still ${row.state}`)
    if (row.state === 'done' && carrier.taken.every(({ sid }) => sid !== row.sid)) wrong.push(`${row.id} was lost`)
    const ownerOfSid = carrier.taken.find(({ sid }) => sid === row.sid)
    if (ownerOfSid !== undefined) {
      const end = ownerOfSid.reports.reduce(further, { status: 'queued' } as Progress)
      if (row.progress.status !== end.status) wrong.push(`${row.id} ended as ${row.progress.status}, not ${end.status}`)
    }
    if (row.state === 'dead' && row.progress.status !== 'failed') wrong.push(`${row.id} is dead and looks alive`)
    const texted = carrier.taken.some(({ messageId }) => messageId === row.id)
    if (toldCalledOff.has(row.id) && texted) wrong.push(`${row.id} was called off and texted`)
    if (toldCalledOff.has(row.id) !== (row.calledOff === true)) wrong.push(`of ${row.id} a person was told otherwise`)
    if (row.attempts > MAX_ATTEMPTS) wrong.push(`${row.id} was tried ${row.attempts} times`)
  }
  if (memory.inDoubt > 0) wrong.push(`${memory.inDoubt} are still in doubt`)
  for (const phone of phones) {
    const owed = owedTo(texts.filter((one) => one.phone === phone))
    const state = memory.consentOf(phone)
    if (owed !== undefined && state !== owed) wrong.push(`${phone} ended as ${state}, not ${owed}`)
  }
  // Two messages of the same words to the same number cannot be told apart by anybody, the patient included.
  for (const { phone, body } of wants) {
    const wanted = wants.filter((one) => one.phone === phone && one.body === body).length
    const texts = carrier.taken.filter((one) => one.to === phone && one.body === body).length
    if (texts > wanted) wrong.push(`${wanted} wishes became ${texts} texts`)
  }
  wrong.push(...(await audit()))
  return wrong.length === 0 ? undefined : `seed ${seed}: ${[...new Set(wrong)].join('; ')}`
}

/** The last of these texts that says whether they may be texted, as far as seconds tell: within one STOP counts. */
function lastWordOf(texts: readonly Text[]): 'stop' | 'start' | undefined {
  const newest = (...words: readonly SaidAboutTexting[]) =>
    Math.max(...texts.flatMap(({ said, second }) => (said !== undefined && words.includes(said) ? [second] : [-1])))
  const stopped = newest('stop')
  const started = newest('start', 'yes')
  if (stopped < 0 && started < 0) return undefined
  return stopped >= started ? 'stop' : 'start'
}

/**
 * How a telephone has to end, where its texts alone decide that: YES may have been an answer, and a person decides of
 * what may have meant stop.
 */
function owedTo(texts: readonly Text[]): 'opted_out' | 'subscribed' | undefined {
  const last = lastWordOf(texts)
  if (last === 'stop') return 'opted_out'
  const start = Math.max(-1, ...texts.flatMap(({ said, second }) => (said === 'start' ? [second] : [])))
  const others = texts.filter(({ said }) => said === 'stop' || said === 'revocation' || said === 'yes')
  return start >= 0 && others.every(({ second }) => second < start) ? 'subscribed' : undefined
}

/** A person has looked at what was held. */
async function release(schedule: Schedule, memory: Books, phone: string): Promise<void> {
  await schedule.start('person', (process) => memory.release(process, phone))
}
