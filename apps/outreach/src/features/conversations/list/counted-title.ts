/** A page's title with how many conversations are unread in front: `(3) Conversations · Outreach`; none: as it was. */
export function countedTitle(title: string, count: number): string {
  const plain = title.replace(/^\(\d+\+?\) /, '')
  return count === 0 ? plain : `(${countWords(count)}) ${plain}`
}

/** A count in the width of two letters and a plus. */
export function countWords(count: number): string {
  return count > 99 ? '99+' : String(count)
}
