import type { Conversation } from '@sax/api-contract'
import { byId } from './arrange-rows.ts'

/**
 * How many conversations would come, leave or move if the rows on the screen were brought up to date.
 * @param isShown whether the filter shows a conversation: those that only lie further down now are no news.
 */
export function countUpdates(
  shown: readonly Conversation[],
  fresh: readonly Conversation[],
  isShown: (row: Conversation) => boolean,
): number {
  if (shown === fresh) return 0
  const before = byId(shown)
  const places = new Map(fresh.map(({ id }, index) => [id, index]))
  const come = fresh.filter(({ id }) => !before.has(id)).length
  const leave = shown.filter((row) => !places.has(row.id) && !isShown(row)).length
  const placesNow = shown.flatMap(({ id }) => places.get(id) ?? [])
  return come + leave + placesNow.length - longestRise(placesNow)
}

/** Length of the longest series that only rises, with gaps: so many rows keep their order, and the others move. */
function longestRise(places: readonly number[]): number {
  // The smallest end of a series of each length; it rises itself.
  const ends: number[] = []
  for (const place of places) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] ?? 0) < place) low = middle + 1
      else high = middle
    }
    ends[low] = place
  }
  return ends.length
}

/** Words for a count of updates: `1 update`, `12 updates`, `99+ updates`. */
export function updatesWords(count: number): string {
  if (count === 1) return '1 update'
  return `${count > 99 ? '99+' : count} updates`
}
