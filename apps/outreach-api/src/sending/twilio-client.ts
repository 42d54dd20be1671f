import * as z from 'zod'
import { type Progress, statusOfCarrier } from '../domain/message-status.ts'
import type { CarrierAnswer } from '../domain/outbox-steps.ts'
import type { Carrier, CarrierRecords, Letter } from './carrier.ts'
import { answerOfError, answerOfStatus } from './twilio-answers.ts'

/** Well under the time that the carrier gives a webhook, which may have to wait for this. @source Twilio documentation, "Webhooks FAQ" (15 seconds) */
export const REQUEST_TIMEOUT_MS = 4_000

export interface TwilioOptions {
  /** Where its API answers, without a trailing slash. */
  readonly baseUrl: string
  readonly accountSid: string
  /** Asked for each request, so that a rotation is noticed. */
  readonly credentials: () => Promise<TwilioCredentials>
  /** Address that hears of a message's way; the message's id is in it. */
  readonly statusCallback: (messageId: string) => string
  /** Address from which the carrier fetches a picture. */
  readonly linkToPicture: (mediaId: string) => Promise<string>
  readonly fetch: typeof globalThis.fetch
  /** Default 4,000. */
  readonly timeoutMs?: number
}

/** An account with its token, or an API key with its secret. */
export interface TwilioCredentials {
  readonly user: string
  readonly password: string
}

/** As much as is read of a message. @source Twilio OpenAPI, `api.v2010.account.message` */
const message = z.object({
  sid: z.string().regex(/^(SM|MM)[0-9a-f]{32}$/),
  status: z.string(),
  error_code: z.number().int().nullish(),
})
const created = message.pick({ sid: true }).extend({ date_created: z.string() })
const listed = message.extend({
  to: z.string(),
  body: z.string().nullish(),
  direction: z.string(),
  date_created: z.string().nullish(),
})
const page = z.object({ messages: z.array(listed), next_page_uri: z.string().startsWith('/').nullish() })

/** A telephone has had fewer messages than this many pages of them; beyond, nothing is claimed of it. */
const MOST_PAGES = 10
const PAGE_SIZE = 1_000
/** The carrier's clock and ours. */
const CLOCKS_APART_MS = 120_000

/** Twilio's Messages API by way of `fetch`: three of its calls, and no redirects. */
export function createTwilioClient(options: TwilioOptions): Carrier & CarrierRecords {
  const account = `/2010-04-01/Accounts/${options.accountSid}`
  const messages = `${account}/Messages.json`
  return {
    send: async (letter) => {
      const identity = await options.credentials().catch(() => undefined)
      const links = await Promise.all(letter.pictures.map(options.linkToPicture)).catch(() => undefined)
      if (identity === undefined || links === undefined) return { kind: 'not_processed', code: 'no_credentials' }
      try {
        const body = formOf(letter, links, options)
        const response = await request(options, identity, messages, { method: 'POST', body })
        if (response.status < 200 || response.status > 299) return await answerOfStatus(response)
        return accepted(await response.json().catch(() => undefined))
      } catch (error) {
        return answerOfError(error)
      }
    },

    find: async (letter, known) => {
      try {
        const candidates = await listAll(
          options,
          `${messages}?To=${encodeURIComponent(letter.to)}&PageSize=${PAGE_SIZE}`,
        )
        if (candidates === undefined) return { kind: 'no_answer', code: 'list_not_read' }
        const matching = candidates.filter((one) => isLetter(one, letter))
        const others = await known(matching.map(({ sid }) => sid))
        const found = matching.find(({ sid }) => !others.has(sid))
        return found === undefined
          ? { kind: 'nothing' }
          : { kind: 'found', sid: found.sid, progress: progressOf(found) }
      } catch (error) {
        return { kind: 'no_answer', code: answerOfError(error).code }
      }
    },

    createdAt: async (sid) => {
      try {
        const identity = await options.credentials()
        const response = await request(options, identity, `${account}/Messages/${sid}.json`, { method: 'GET' })
        const read = created.safeParse(response.status === 200 ? await response.json() : undefined)
        const ms = read.success && read.data.sid === sid ? Date.parse(read.data.date_created) : Number.NaN
        return Number.isNaN(ms) ? undefined : ms
      } catch {
        return undefined
      }
    },
  }
}

async function listAll(options: TwilioOptions, first: string): Promise<readonly z.output<typeof listed>[] | undefined> {
  const all: z.output<typeof listed>[] = []
  const identity = await options.credentials()
  let next: string | null | undefined = first
  for (let pages = 0; next; pages += 1) {
    if (pages === MOST_PAGES) return undefined
    const response: Response = await request(options, identity, next, { method: 'GET' })
    const read = response.status === 200 ? page.safeParse(await response.json().catch(() => undefined)) : undefined
    if (!read?.success) return undefined
    all.push(...read.data.messages)
    next = read.data.next_page_uri
  }
  return all
}

/** The list does not hold our id, so that a message is known by number, text and time. The oldest one comes first. */
function isLetter({ direction, to, body, date_created }: z.output<typeof listed>, letter: Letter): boolean {
  const createdMs = date_created ? Date.parse(date_created) : Number.NaN
  return (
    direction.startsWith('outbound') &&
    to === letter.to &&
    (body ?? '').trim() === letter.body.trim() &&
    !(createdMs < letter.storedAtMs - CLOCKS_APART_MS)
  )
}

function accepted(body: unknown): CarrierAnswer {
  const read = message.safeParse(body)
  if (!read.success) return { kind: 'unknown', code: 'unreadable_answer' }
  return { kind: 'accepted', sid: read.data.sid, progress: progressOf(read.data) }
}

function progressOf({ status, error_code }: z.output<typeof message>): Progress {
  return { status: statusOfCarrier(status) ?? 'queued', ...(error_code ? { errorCode: error_code } : {}) }
}

function formOf(letter: Letter, links: readonly string[], { statusCallback }: TwilioOptions): URLSearchParams {
  const form = new URLSearchParams({
    To: letter.to,
    ...(letter.messagingServiceSid ? { MessagingServiceSid: letter.messagingServiceSid } : {}),
    From: letter.from,
    ...(letter.body === '' ? {} : { Body: letter.body }),
    StatusCallback: statusCallback(letter.messageId),
  })
  for (const link of links) form.append('MediaUrl', link)
  return form
}

function request(
  { baseUrl, fetch, timeoutMs = REQUEST_TIMEOUT_MS }: TwilioOptions,
  { user, password }: TwilioCredentials,
  path: string,
  init: { readonly method: string; readonly body?: URLSearchParams },
): Promise<Response> {
  return fetch(baseUrl + path, {
    ...init,
    headers: {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      accept: 'application/json',
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  })
}
