import type { Conversation } from '@sax/api-contract'

export interface Arranging {
  /** How the list is sorted. */
  readonly order: (one: Conversation, other: Conversation) => number
  /** Whether the person who looks has just done something to it. */
  readonly isMine: (id: string) => boolean
  /** The newest state of a row that the list holds no more. */
  readonly newest: (row: Conversation) => Conversation
}

/**
 * The rows on the screen after the list changed: each as it is now, where it stood. Those that the list holds no more
 * stay, those that belong above the last one wait outside, and what continues the list below comes at once. What the
 * person did moves: such rows come, leave and take their new place. The same array when nothing changed.
 */
export function arrangeRows(
  shown: readonly Conversation[],
  fresh: readonly Conversation[],
  { order, isMine, newest }: Arranging,
): readonly Conversation[] {
  const before = byId(shown)
  const now = byId(fresh)
  const stay = shown.filter(({ id }) => now.has(id) || !isMine(id)).map((row) => now.get(row.id) ?? newest(row))
  const lastShown = fresh.findLastIndex(({ id }) => before.has(id))
  const moved = fresh.filter((row, index) => {
    const was = before.get(row.id)
    return index <= lastShown && isMine(row.id) && (was === undefined || order(was, row) !== 0)
  })
  const rows = moved.reduce((placed, row) => inPlace(placed, row, order), [...stay, ...fresh.slice(lastShown + 1)])
  const same = rows.length === shown.length && rows.every((row, index) => row === shown[index])
  return same ? shown : rows
}

/** `rows` with one of them above the first that it belongs above. Others may be held further down than they belong. */
function inPlace(rows: Conversation[], row: Conversation, order: Arranging['order']): Conversation[] {
  const others = rows.filter(({ id }) => id !== row.id)
  const below = others.findIndex((other) => order(row, other) < 0)
  return others.toSpliced(below === -1 ? others.length : below, 0, row)
}

export function byId(rows: readonly Conversation[]): ReadonlyMap<string, Conversation> {
  return new Map(rows.map((row) => [row.id, row]))
}
