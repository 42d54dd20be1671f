/** Something in a page stood elsewhere than a moment before, and nobody had just done anything to that page. */
export interface Shift {
  /** Which of the person's tabs. */
  readonly page: number
  readonly path: string
  /** By the clock. */
  readonly atMs: number
  /** Share of the screen that moved, times how far. @source W3C Layout Instability */
  readonly value: number
  /** What moved, by tag and first class, and from where to where: `li.border-b 224,189 383×83 → 224,355 383×83`. */
  readonly moved: readonly string[]
}

/** Shifts close together, as one sees them. */
export interface Jump {
  readonly sum: number
  readonly moved: readonly string[]
}

/**
 * A browser excuses half a second after input. On a busy machine what a click asked for comes later, and what one writes
 * in one tab moves another one.
 */
const EXCUSED_MS = 2000

/**
 * The largest jump of each path: shifts of one tab, each less than a second after the one before, five seconds in all.
 * @source web.dev, "Cumulative Layout Shift", session windows
 */
export function largestJumps(shifts: readonly Shift[], inputsMs: readonly number[]): ReadonlyMap<string, Jump> {
  const largest = new Map<string, Jump>()
  const bursts = new Map<number, Jump & { readonly beganMs: number; readonly lastMs: number }>()
  for (const { page, path, atMs, value, moved } of shifts) {
    const sinceInputMs = Math.min(...inputsMs.filter((inputMs) => inputMs < atMs).map((inputMs) => atMs - inputMs))
    if (sinceInputMs < EXCUSED_MS) continue
    const last = bursts.get(page)
    const goesOn = last !== undefined && atMs - last.lastMs < 1000 && atMs - last.beganMs < 5000
    const burst = {
      sum: (goesOn ? last.sum : 0) + value,
      moved: [...(goesOn ? last.moved : []), `${Math.round(sinceInputMs)} ms after input:`, ...moved],
      beganMs: goesOn ? last.beganMs : atMs,
      lastMs: atMs,
    }
    bursts.set(page, burst)
    if (burst.sum > (largest.get(path)?.sum ?? 0)) largest.set(path, { sum: burst.sum, moved: burst.moved })
  }
  return largest
}
