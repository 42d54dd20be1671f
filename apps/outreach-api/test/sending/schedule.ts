/** One thing that runs, and stops at each of its gates until the schedule lets it go on. */
export interface Process {
  readonly name: string
  /** What it does once it has been killed: a database lets go of its locks. */
  onKilled?: () => void
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
}

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
  #processes: Running[] = []

  constructor(random: () => number, tell: (line: string) => void = () => undefined) {
    this.random = random
    this.#tell = tell
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
    await parked
    this.#processes = this.#processes.filter(({ over }) => !over)
    return process
  }

  /** Where a process waits until it is its turn, and until `ready`. Rejects when the schedule has it fail here. */
  gate(process: Process, label: string, ready: () => boolean = () => true): Promise<void> {
    const running = process as Running
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
    const next = new Promise<void>((resolve) => {
      running.told = resolve
    })
    if (failing) parked.fail(new Error('connection lost'))
    else parked.resume()
    await next
    this.#processes = this.#processes.filter(({ over }) => !over)
  }

  /** Ends a process where it stands. It never hears of it. */
  kill(process: Process): void {
    this.#tell(`${process.name}: killed`)
    this.#processes = this.#processes.filter((one) => one !== process)
    process.onKilled?.()
  }
}
