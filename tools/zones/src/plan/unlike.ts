import { type Difference, differences } from './differences.ts'

/**
 * In what a live resource is unlike the template: only what the template speaks of is compared, for the rest is AWS's own
 * default. Lists of plain values have no order, a list of one is as good as the value, and a number as good as its text:
 * AWS's services answer now one way, now the other.
 */
export function unlike(wanted: unknown, live: unknown): readonly Difference[] {
  return differences(normal(wanted), spokenOf(normal(wanted), normal(live)))
}

/** `live` without the keys that `wanted` does not have. */
function spokenOf(wanted: unknown, live: unknown): unknown {
  if (Array.isArray(wanted) && Array.isArray(live)) {
    return live.map((item: unknown, i) => (i < wanted.length ? spokenOf(wanted[i], item) : item))
  }
  if (!isObject(wanted) || !isObject(live)) return live
  return Object.fromEntries(
    Object.keys(wanted).flatMap((key) =>
      Object.hasOwn(live, key) ? [[key, spokenOf(wanted[key], live[key])] as const] : [],
    ),
  )
}

function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(normal)
    if (items.length === 1 && !isObject(items[0])) return items[0]
    return items.every((item) => typeof item === 'string') ? items.toSorted() : items
  }
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normal(item)]))
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
