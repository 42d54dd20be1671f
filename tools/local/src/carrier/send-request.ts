import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { fateOf } from './fates.ts'
import { isLoopback } from './is-loopback.ts'
import { type Refusal, refusals } from './refusals.ts'
import type { Sender, SenderPool } from './senders.ts'

/** @source Twilio docs, "Messages resource": Body, MediaUrl, ValidityPeriod, SendAt */
const limits = {
  bodyCharacters: 1600,
  mediaFiles: 10,
  validitySec: 36_000,
  leastAheadSec: 300,
  mostAheadSec: 35 * 86_400,
}

/** A request to send a message that may become one. */
export interface SendRequest {
  readonly to: string
  /** Undefined: the service chooses. */
  readonly sender: Sender | undefined
  readonly serviceSid: string | undefined
  readonly body: string
  readonly mediaUrls: readonly string[]
  readonly statusCallback: string | undefined
  readonly validitySec: number
  /** Undefined: at once. */
  readonly sendAtMs: number | undefined
}

export type ReadSendRequest =
  | { readonly kind: 'request'; readonly request: SendRequest }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** What one account has at the carrier. */
export interface Account {
  readonly senders: readonly Sender[]
  readonly services: readonly SenderPool[]
  /** Whether the simulator may call an address. Default: one of this computer. */
  readonly reaches?: (url: string) => boolean
}

/** Reads a form as Twilio does, and refuses what Twilio refuses, in its order. */
export function readSendRequest(form: URLSearchParams, account: Account, nowMs: number): ReadSendRequest {
  const { senders, services, reaches = isLoopback } = account
  const refused = (refusal: Refusal): ReadSendRequest => ({ kind: 'refused', refusal })
  const value = (name: string) => form.get(name) || undefined

  const to = value('To')
  if (to === undefined) return refused(refusals.toRequired)
  const number = parsePhoneNumberFromString(to)
  if (number?.number !== to || !number.isValid()) return refused(refusals.invalidTo)
  if (fateOf(to).kind === 'too_many_requests') return refused(refusals.tooManyRequests)

  const serviceSid = value('MessagingServiceSid')
  const from = value('From')
  if (serviceSid === undefined && from === undefined) return refused(refusals.fromRequired)
  if (serviceSid !== undefined && !services.some(({ sid }) => sid === serviceSid)) {
    return refused(refusals.noSuchService)
  }
  const pool = serviceSid === undefined ? senders : senders.filter((one) => one.serviceSid === serviceSid)
  if (pool.length === 0 && serviceSid !== undefined) return refused(refusals.serviceWithoutNumber)
  const sender = from === undefined ? undefined : pool.find(({ phone }) => phone === from)
  if (from !== undefined && sender === undefined) return refused(refusals.foreignFrom)

  const body = form.get('Body') ?? ''
  const mediaUrls = form.getAll('MediaUrl')
  if (body === '' && mediaUrls.length === 0) return refused(refusals.empty)
  if (body.length > limits.bodyCharacters) return refused(refusals.tooLong)
  if (mediaUrls.length > limits.mediaFiles) return refused(refusals.tooManyMedia)
  if (!mediaUrls.every((url) => URL.canParse(url))) return refused(refusals.invalidMediaUrl)

  const statusCallback = value('StatusCallback')
  if (statusCallback !== undefined && !reaches(statusCallback)) return refused(refusals.invalidStatusCallback)
  const validitySec = Number(value('ValidityPeriod') ?? limits.validitySec)
  if (!Number.isInteger(validitySec) || validitySec < 1 || validitySec > limits.validitySec) {
    return refused(refusals.validityPeriod)
  }

  const sendAtMs = readSchedule(value('ScheduleType'), value('SendAt'), serviceSid !== undefined, nowMs)
  if (typeof sendAtMs === 'object') return refused(sendAtMs)
  return {
    kind: 'request',
    request: { to, sender, serviceSid, body, mediaUrls, statusCallback, validitySec, sendAtMs },
  }
}

/** Without a schedule type a message leaves at once, whatever SendAt says. */
function readSchedule(
  type: string | undefined,
  sendAt: string | undefined,
  hasService: boolean,
  nowMs: number,
): number | undefined | Refusal {
  if (type === undefined) return undefined
  if (type !== 'fixed') return refusals.scheduleType
  if (!hasService) return refusals.scheduleWithoutService
  if (sendAt === undefined) return refusals.sendAtMissing
  const atMs = Date.parse(sendAt)
  const aheadSec = (atMs - nowMs) / 1000
  return aheadSec > limits.leastAheadSec && aheadSec <= limits.mostAheadSec ? atMs : refusals.sendAtOutOfRange
}
