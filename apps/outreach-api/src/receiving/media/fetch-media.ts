import type { TwilioCredentials } from '../../sending/twilio-client.ts'
import { MAX_MEDIA_BYTES } from './judge-media.ts'
import type { FetchedMedia } from './media-ports.ts'

const TIMEOUT_MS = 10_000
const MOST_REDIRECTS = 3
const gone = { kind: 'refused', why: 'gone' } as const

export interface FetchMediaOptions {
  /** The carrier's API, where every picture of its begins. */
  readonly baseUrl: string
  readonly credentials: () => Promise<TwilioCredentials>
  readonly fetch: typeof globalThis.fetch
}

/**
 * A picture from where the carrier keeps it. Asked of the carrier's API alone, with credentials; where that sends us on,
 * without them, and never from a protected connection to an open one.
 * @source Twilio documentation, "Media resource" (HTTP authentication; the answer is a redirect)
 */
export function mediaFetcher({ baseUrl, credentials, fetch }: FetchMediaOptions) {
  const api = new URL(baseUrl)
  return async (address: string): Promise<FetchedMedia> => {
    let url = new URL(address)
    if (url.origin !== api.origin) return gone
    try {
      const { user, password } = await credentials()
      const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
        const headers = url.origin === api.origin ? { authorization } : {}
        const response = await fetch(url, { headers, redirect: 'manual', signal })
        const location = response.headers.get('location')
        if (response.status >= 300 && response.status < 400 && location !== null) {
          url = new URL(location, url)
          if (url.protocol !== api.protocol && url.protocol !== 'https:') return gone
          continue
        }
        if (response.status === 404 || response.status === 410) return gone
        return response.status === 200 ? await upTo(response, MAX_MEDIA_BYTES) : { kind: 'failed' }
      }
      return gone
    } catch {
      return { kind: 'failed' }
    }
  }
}

/** The body, unless there is more of it than that: what a header says of its length is not relied on. */
async function upTo(response: Response, most: number): Promise<FetchedMedia> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > most) return { kind: 'refused', why: 'too_large' }
    parts.push(part)
  }
  return { kind: 'fetched', bytes: Buffer.concat(parts) }
}
