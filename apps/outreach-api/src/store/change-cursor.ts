/** Up to where a reader has been told of changes: everything up to this row of this transaction. */
export interface ChangeCursor {
  /** A transaction's number, decimal. */
  readonly xid: string
  readonly seq: string
}

export type ReadCursor =
  | { readonly kind: 'good'; readonly cursor: ChangeCursor }
  | { readonly kind: 'expired' }
  | { readonly kind: 'malformed' }

/** How long a cursor is good. Whoever was away longer loads anew, which costs less than a day's changes. */
const LIFE_MS = 24 * 60 * 60 * 1000
const FORM = /^(\d{1,20})-(\d{1,19})-(\d{1,15})$/

export const changesCursor = {
  /** For a reader who has seen everything of transactions before `xid`. */
  before: (xid: string, now: Date): string => write({ xid: String(BigInt(xid) - 1n), seq: MAX_SEQ }, now),
  at: (cursor: ChangeCursor, now: Date): string => write(cursor, now),
  read: (text: string, now: Date): ReadCursor => {
    const [, xid, seq, madeMs] = FORM.exec(text) ?? []
    if (xid === undefined || seq === undefined || madeMs === undefined) return { kind: 'malformed' }
    // What no bigint or xid8 can be would be the database's error, not the reader's.
    if (BigInt(xid) >= 2n ** 64n || BigInt(seq) > BigInt(MAX_SEQ)) return { kind: 'malformed' }
    const ageMs = now.getTime() - Number(madeMs)
    return ageMs > LIFE_MS ? { kind: 'expired' } : { kind: 'good', cursor: { xid, seq } }
  },
}

/** Behind every row of a transaction. */
const MAX_SEQ = '9223372036854775807'

function write({ xid, seq }: ChangeCursor, now: Date): string {
  return `${xid}-${seq}-${now.getTime()}`
}
