import type { Pagination } from '@sax/api-contract'

export interface PageQuery {
  readonly limit: number
  readonly offset: number
}

export interface Page<T> {
  readonly data: T[]
  readonly pagination: Pagination
}

interface Counted {
  /** `count(*) over ()`: as many as match, not as many as were returned. */
  readonly total: number
}

/**
 * One page of a list. The total comes with the rows, of the same instant; only behind the last row there is none to
 * carry it, and `countAll` is asked.
 */
export async function pageOf<Row extends Counted, T>(
  rows: readonly Row[],
  { limit, offset }: PageQuery,
  countAll: () => Promise<number>,
  read: (row: Row) => T,
): Promise<Page<T>> {
  const total = rows[0]?.total ?? (offset === 0 ? 0 : await countAll())
  return {
    data: rows.map(read),
    pagination: { total, limit, offset, hasMore: offset + rows.length < total },
  }
}

/** A list that is never cut. */
export function wholePage<T>(data: T[]): Page<T> {
  return { data, pagination: { total: data.length, limit: Math.max(1, data.length), offset: 0, hasMore: false } }
}
