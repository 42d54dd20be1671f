import { AwsError } from './aws-error.ts'

/** A part of a list, and the token that the next part is asked for with. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next?: string
}

/**
 * A page of a list. Tokens say where the next page begins, and nothing that a client could rely on.
 * @throws AwsError with `code` for a token that was never given
 */
export function pageOf<Item>(all: readonly Item[], size: number, token?: string, code = 'ValidationError'): Page<Item> {
  const from = token === undefined || token === '' ? 0 : startOf(token, code)
  const next = from + size < all.length ? Buffer.from(`from:${from + size}`).toString('base64url') : undefined
  return { items: all.slice(from, from + size), ...(next === undefined ? {} : { next }) }
}

function startOf(token: string, code: string): number {
  const match = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())
  if (match === null) throw new AwsError(code, 'The token of the next page is not one that was given.')
  return Number(match[1])
}
