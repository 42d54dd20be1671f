/** One page of a list, in numbers a person reads: counted from 1. */
export interface PageRange {
  /** First and last row shown; both 0 when the list is empty. */
  readonly from: number
  readonly to: number
  /** Counted from 1; an empty list has one page. */
  readonly page: number
  readonly pageCount: number
  /** Offset of the neighbour; undefined where there is none. */
  readonly previousOffset: number | undefined
  readonly nextOffset: number | undefined
}

/**
 * Where a page lies in its list. An offset past the end (rows were archived meanwhile) counts as the page after the
 * last row, whose way back leads to the last page that holds rows.
 */
export function pageRange({ total, limit, offset }: { total: number; limit: number; offset: number }): PageRange {
  const pageCount = Math.max(1, Math.ceil(total / limit))
  const lastOffset = (pageCount - 1) * limit
  const pastEnd = offset > 0 && offset >= total
  return {
    from: total === 0 || pastEnd ? 0 : offset + 1,
    to: pastEnd ? 0 : Math.min(offset + limit, total),
    page: Math.min(Math.floor(offset / limit) + 1, pageCount),
    pageCount,
    previousOffset: offset === 0 ? undefined : pastEnd ? lastOffset : Math.max(0, offset - limit),
    nextOffset: offset + limit < total ? offset + limit : undefined,
  }
}
