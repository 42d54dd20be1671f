import { isLoopback } from './is-loopback.ts'
import type { MediaFile } from './media-shelf.ts'

/** @source Twilio docs, "Accepted content types for media": 5 MB in all, pictures in these formats */
export const maxMediaBytes = 5 * 1024 * 1024
export const pictureTypes: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif'])

const TIMEOUT_MS = 15_000

export type FetchedMedia =
  | { readonly kind: 'fetched'; readonly files: readonly MediaFile[] }
  | { readonly kind: 'failed'; readonly errorCode: 11200 | 12300 | 30019 }

/** Takes the pictures of a message from where the customer has them. */
export async function fetchMedia(urls: readonly string[], fetch: typeof globalThis.fetch): Promise<FetchedMedia> {
  const files: MediaFile[] = []
  for (const url of urls) {
    const file = isLoopback(url) ? await fetchOne(url, fetch) : undefined
    if (file === undefined) return { kind: 'failed', errorCode: 11200 }
    if (!pictureTypes.has(file.contentType)) return { kind: 'failed', errorCode: 12300 }
    files.push(file)
  }
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
  return totalBytes > maxMediaBytes ? { kind: 'failed', errorCode: 30019 } : { kind: 'fetched', files }
}

async function fetchOne(url: string, fetch: typeof globalThis.fetch): Promise<MediaFile | undefined> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    // @source Twilio docs, "Accepted content types for media": HEAD and GET requests are issued to the address
    const looked = await fetch(url, { method: 'HEAD', signal })
    if (!looked.ok) return undefined
    const answer = await fetch(url, { signal })
    const contentType = typeOf(answer)
    if (!answer.ok || contentType !== typeOf(looked)) return undefined
    return { contentType, bytes: new Uint8Array(await answer.arrayBuffer()) }
  } catch {
    return undefined
  }
}

function typeOf({ headers }: Response): string {
  return (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
