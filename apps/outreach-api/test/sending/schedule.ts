import { setTimeout as after } from 'node:timers/promises'

/** One thing that runs, and stops at each of its gates until the schedule lets it go on. */
export interface Process {
  readonly name: string
  /** What happens once it has been killed: a database lets go of its locks. */
  onKilled?: () => void | Promise<void>
}

interface Running extends Process {
  parked?: {
    readonly label: string
    readonly resume: () => void
    readonly fail: (error: Error) => void
    readonly ready: () => boolean
  }
  told?: () => void
  over: boolean
  killed?: true
}

/** How long a statement is given before it is asked whether it waits for a lock. */
const LOOK_AGAIN_MS = 4

/** Numbers in [0, 1) that follow from the seed. @source Tommy Ettinger, "mulberry32" (public domain) */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Runs processes one step at a time, in an order that only the random numbers decide. */
export class Schedule {
  readonly random: () => number
  readonly #tell: (line: string) => void
  readonly #isHeldUp: ((process: Process) => Promise<boolean>) | undefined
  #processes: Running[] = []

  /** `isHeldUp`: whether a process that is not at a gate waits for a lock of another. Without it none ever does. */
  constructor(
    random: () => number,
    tell: (line: string) => void = () => undefined,
    isHeldUp?: (process: Process) => Promise<boolean>,
  ) {
    this.random = random
    this.#tell = tell
    this.#isHeldUp = isHeldUp
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.random() * from.length)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }

  /** Starts a process and lets it run to its first gate. */
  async start(name: string, body: (process: Process) => Promise<void>): Promise<Process> {
    const process: Running = { name, over: false }
    this.#processes.push(process)
    const parked = new Promise<void>((resolve) => {
      process.told = resolve
    })
    const end = () => {
      process.over = true
      process.told?.()
    }
    body(process).then(end, end)
    await this.#atRest(process, parked)
    return process
  }

  /** Where a process waits until it is its turn, and until `ready`. Rejects when the schedule has it fail here. */
  gate(process: Process, label: string, ready: () => boolean = () => true): Promise<void> {
    const running = process as Running
    if (running.killed) return new Promise(() => undefined)
    return new Promise((resume, fail) => {
      running.parked = { label, resume, fail, ready }
      this.#tell(`${process.name}: ${label}`)
      running.told?.()
    })
  }

  runnable(): readonly Process[] {
    return this.#processes.filter(({ parked }) => parked?.ready() === true)
  }

  /** True for a process that waits for work. */
  isIdle(process: Process): boolean {
    return (process as Running).parked?.label === 'idle'
  }

  isAlive(process: Process): boolean {
    return this.#processes.includes(process as Running)
  }

  /** Lets a process go on to its next gate or its end; with `failing`, what it waits for fails. */
  async step(process: Process, failing = false): Promise<void> {
    const running = process as Running
    const { parked } = running
    if (parked === undefined) return
    delete running.parked
    const next = new Promise<void>((resolve) => {
      running.told = resolve
    })
    if (failing) parked.fail(new Error('connection lost'))
    else parked.resume()
    await this.#atRest(running, next)
  }

  /**
   * Ends a process where it stands. The code of a test cannot be ended, so that it hears of it where it waits, may tidy up
   * after itself, and waits for ever at its next gate.
   */
  async kill(process: Process): Promise<void> {
    this.#tell(`${process.name}: killed`)
    const running = process as Running
    this.#processes = this.#processes.filter((one) => one !== process)
    running.killed = true
    await process.onKilled?.()
    running.parked?.fail(new Error('killed'))
    await this.#wake()
  }

  /** Those that wait for a lock of somebody else's, and not at a gate. */
  isAnybodyHeldUp(): boolean {
    return this.#processes.some(({ parked }) => parked === undefined)
  }

  /** Until whoever has waited for a lock that came free is at a gate. */
  async #wake(): Promise<void> {
    for (const one of this.#processes) {
      if (one.over || one.parked !== undefined || (await this.#isHeldUp?.(one))) continue
      await this.#rest(
        one,
        new Promise<void>((resolve) => {
          one.told = resolve
        }),
      )
    }
    this.#processes = this.#processes.filter(({ over }) => !over)
  }

  async #atRest(process: Running, told: Promise<void>): Promise<void> {
    await this.#rest(process, told)
    await this.#wake()
  }

  async #rest(process: Running, told: Promise<void>): Promise<void> {
    if (this.#isHeldUp === undefined) return told
    for (;;) {
      await Promise.race([told, after(LOOK_AGAIN_MS)])
      if (process.over || process.parked !== undefined || (await this.#isHeldUp(process))) return
    }
  }
}
