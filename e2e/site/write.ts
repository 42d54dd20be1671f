import { createHash } from 'node:crypto'

/** A JSON body as the site's own client sends it: with the hash that a function behind its distribution asks for. */
export function write(body: unknown): { readonly headers: Record<string, string>; readonly data: string } {
  const data = JSON.stringify(body)
  return {
    headers: {
      'content-type': 'application/json',
      'x-amz-content-sha256': createHash('sha256').update(data).digest('hex'),
    },
    data,
  }
}
