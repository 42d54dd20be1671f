import { UNKNOWN } from './resolved.ts'

/** One leaf that two values differ in. */
export interface Difference {
  /** Keys joined by dots, list positions in brackets: `Environment.Variables.LOG_LEVEL`, `CacheBehaviors[2].Compress`. */
  readonly path: string
  /** JSON text; undefined: not there. */
  readonly before: string | undefined
  readonly after: string | undefined
}

/** Every leaf two JSON values differ in, in the order of their keys. `UNKNOWN` differs from nothing. */
export function differences(before: unknown, after: unknown, path = ''): readonly Difference[] {
  if (before === UNKNOWN || after === UNKNOWN) return []
  if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    const inside = Array.isArray(before) ? (key: string) => `${path}[${key}]` : (key: string) => joined(path, key)
    return keys.flatMap((key) => differences(at(before, key), at(after, key), inside(key)))
  }
  const texts = { before: textOf(before), after: textOf(after) }
  return texts.before === texts.after ? [] : [{ path, ...texts }]
}

/** Longest value shown; the JSON report has all of it. */
const SHOWN = 48

/** `MemorySize: 1024 -> 2048`, or `Tags: (none) -> [...]`. */
export function described({ path, before, after }: Difference): string {
  return `${path === '' ? 'value' : path}: ${shortened(before)} -> ${shortened(after)}`
}

/** The first `count` differences in words, and how many more there are. */
export function summary(all: readonly Difference[], count = 3): string {
  const more = all.length > count ? [`and ${all.length - count} more`] : []
  return [...all.slice(0, count).map(described), ...more].join('; ')
}

function shortened(text: string | undefined): string {
  if (text === undefined) return '(none)'
  const bare = /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : text
  return bare.length > SHOWN ? `${bare.slice(0, SHOWN - 1)}…` : bare
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> | readonly unknown[] {
  return typeof value === 'object' && value !== null
}

function at(value: Readonly<Record<string, unknown>> | readonly unknown[], key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

/** Undefined stays undefined: JSON has no word for it. */
function textOf(value: unknown): string | undefined {
  return JSON.stringify(value)
}
