import type { BrowserStorage } from './browser-storage.ts'

/** Under what the browser keeps words that people wrote. Everything that may speak of patients is here, and no preference. */
const KINDS = { message: 'outreach-message', template: 'outreach-draft', outgoing: 'outreach-outgoing' } as const

export type WritingKind = keyof typeof KINDS

/** Whose words, and of which practice. */
export interface Writer {
  readonly saxId: number
  /** UUID */
  readonly practiceId: string
}

/** What is kept stays this long after it was last written. */
export const KEPT_FOR_MS = 7 * 24 * 3_600_000

/** The storage's key of something a person wrote. Numbers and ids only: it names nobody. */
export function writingKey(kind: WritingKind, { saxId, practiceId }: Writer, ...ids: readonly string[]): string {
  return [KINDS[kind], saxId, practiceId, ...ids].join(':')
}

/** A key of something written, and of whom it is. */
export interface WritingKey {
  readonly key: string
  readonly kind: WritingKind
  readonly saxId: number
}

/** All that is written in this browser, of everybody and every practice. */
export function writingKeys(storage: BrowserStorage): readonly WritingKey[] {
  return Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '').flatMap((key) => {
    const [begin, saxId, practiceId] = key.split(':')
    const kind = (Object.keys(KINDS) as WritingKind[]).find((one) => KINDS[one] === begin)
    return kind === undefined || practiceId === undefined ? [] : [{ key, kind, saxId: Number(saxId) }]
  })
}

/**
 * Removes what nobody has touched for a week, whoever wrote it. What has no time beside it, or one that is still to come,
 * gets this one. Call it before anything reads what is kept.
 */
export function forgetOldWriting(storage: BrowserStorage, nowMs: number): void {
  for (const { key } of writingKeys(storage)) {
    const text = storage.getItem(key)
    const left = stillKept(parsed(text), nowMs)
    if (left === undefined) storage.removeItem(key)
    else if (JSON.stringify(left) !== text) put(storage, key, left)
  }
}

/** Of a list what is kept of it; undefined: nothing is, or nobody could read it. */
function stillKept(value: unknown, nowMs: number): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) {
    const left = value.map((one) => stillKept(one, nowMs)).filter((one) => one !== undefined)
    return left.length === 0 ? undefined : left
  }
  // A message on its way has the time it was written at.
  const { keptAtMs, writtenAtMs } = value as Readonly<Record<string, unknown>>
  const at = [keptAtMs, writtenAtMs].find((time): time is number => typeof time === 'number' && time <= nowMs)
  if (at === undefined) return { ...value, keptAtMs: nowMs }
  return nowMs - at < KEPT_FOR_MS ? value : undefined
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return undefined
  }
}

function put(storage: BrowserStorage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value))
  } catch {
    // Full: it gets its time when there is room.
  }
}
