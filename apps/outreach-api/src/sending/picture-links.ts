import { createHmac, timingSafeEqual } from 'node:crypto'
import { outreach } from '@sax/topology'

/** Where the carrier fetches pictures from, below the API's public base; the picture's id follows. */
export const PICTURES_PATH = `${outreach.basePath}/webhooks/twilio/media`

/**
 * How long a link is good. The carrier fetches a picture when it comes to the message, which may wait in its queue for ten
 * hours; a message that it has not come to by then has failed.
 * @source Twilio documentation, "Messages resource" (ValidityPeriod: 36,000 seconds at most)
 */
const VALID_SEC = 11 * 60 * 60

export interface PictureLinksOptions {
  /** How the carrier reaches the API, without a trailing slash. */
  readonly publicBaseUrl: string
  /** The token in use and, during a rotation, the one before: the first signs, any of them is believed. */
  readonly tokens: () => Promise<readonly string[]>
  /** Present time in milliseconds since the epoch. */
  readonly nowMs: () => number
}

export type PictureLinkVerdict = 'good' | 'forged' | 'expired'

/**
 * Links by which the carrier, which cannot sign in, fetches one picture for a while. They hold the picture's id, their end
 * and a signature over both: nothing of the patient or the practice, and nothing that can be guessed.
 */
export function pictureLinks({ publicBaseUrl, tokens, nowMs }: PictureLinksOptions) {
  return {
    /** @throws Error when no token can be had */
    linkTo: async (mediaId: string): Promise<string> => {
      const [token] = await tokens()
      if (token === undefined) throw new Error('there is no token to sign with')
      const until = String(Math.floor(nowMs() / 1000) + VALID_SEC)
      const query = new URLSearchParams({ until, signature: signatureOf(token, mediaId, until).toString('base64url') })
      return `${publicBaseUrl}${PICTURES_PATH}/${mediaId}?${query}`
    },

    /** Signature first: who forges does not learn what has expired. */
    judge: async (
      mediaId: string,
      query: { readonly until: string; readonly signature: string },
    ): Promise<PictureLinkVerdict> => {
      const given = Buffer.from(query.signature, 'base64url')
      const matches = (await tokens()).map((token) => isEqual(signatureOf(token, mediaId, query.until), given))
      if (!matches.includes(true)) return 'forged'
      return Number(query.until) > nowMs() / 1000 ? 'good' : 'expired'
    },
  }
}

/** Under a key of its own: what the carrier signs with the token is never a signature of ours. */
function signatureOf(token: string, mediaId: string, until: string): Buffer {
  const key = createHmac('sha256', token).update('links to pictures, 1').digest()
  return createHmac('sha256', key).update(`${mediaId} ${until}`).digest()
}

/** In a time that says nothing of where they differ. */
function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
