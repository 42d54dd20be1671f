import type { Behaviour } from './behaviour.ts'
import type { CarrierMessage, MessageStatus } from './message.ts'
import { isFinal } from './message.ts'
import { apiVersion } from './message-resource.ts'
import type { Time } from './time.ts'
import type { Webhooks } from './webhooks.ts'

export interface StatusCallbackOptions {
  readonly accountSid: string
  readonly webhooks: Webhooks
  readonly time: Time
  readonly behaviour: () => Behaviour
  /** From 0 to below 1. */
  readonly random: () => number
}

type Parameters = Readonly<Record<string, string>>

/**
 * Tells the customer of every change of a message, in the order, the number and the time that the behaviour asks for.
 * @source Twilio docs, "Outbound Message Status in Status Callbacks": none for the status a message is created with
 */
export class StatusCallbacks {
  readonly #options: StatusCallbackOptions
  /** Callbacks of a message that wait for its last one. */
  readonly #held = new Map<string, Parameters[]>()
  /** The last callback of a message that is on its way; the next one leaves after it. */
  readonly #underWay = new Map<string, Promise<unknown>>()

  constructor(options: StatusCallbackOptions) {
    this.#options = options
  }

  tell(message: CarrierMessage): void {
    const { statusCallback: url, sid } = message
    const { callbackOrder, callbacksLost } = this.#options.behaviour()
    if (url === null || callbacksLost || message.status === 'sending') return
    const parameters = callbackParameters(message, this.#options.accountSid)
    const held = this.#held.get(sid) ?? []
    if (callbackOrder === 'in_order' && held.length === 0) {
      this.#leave(sid, url, [parameters])
      return
    }
    held.push(parameters)
    this.#held.set(sid, held)
    if (!isFinal(message.status)) return
    this.#held.delete(sid)
    this.#leave(sid, url, callbackOrder === 'shuffled' ? this.#shuffled(held) : held.toReversed())
  }

  forget(): void {
    this.#held.clear()
  }

  /** One after the other: a status overtakes another only when that was asked for. */
  #leave(sid: string, url: string, callbacks: readonly Parameters[]): void {
    const { callbackCopies, callbackDelayMs } = this.#options.behaviour()
    const { webhooks, time } = this.#options
    const copies = callbacks.flatMap((one) => Array.from({ length: callbackCopies }, () => one))
    time.later(callbackDelayMs, () => {
      const before = this.#underWay.get(sid) ?? Promise.resolve()
      const sending = before.then(async () => {
        for (const one of copies) await webhooks.send('status', url, one)
        if (this.#underWay.get(sid) === sending) this.#underWay.delete(sid)
      })
      this.#underWay.set(sid, sending)
    })
  }

  #shuffled<T>(items: readonly T[]): readonly T[] {
    return items
      .map((item) => ({ item, place: this.#options.random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ item }) => item)
  }
}

/**
 * @source Twilio docs, "Messages resource", section on Twilio's request to the StatusCallback URL, and "Track the
 * Message Status of Outbound Messages" (RawDlrDoneDate: YYMMDDhhmm, in callbacks about delivery)
 */
function callbackParameters(message: CarrierMessage, accountSid: string): Parameters {
  const { sid, status, serviceSid, errorCode } = message
  const aboutDelivery = new Set<MessageStatus>(['delivered', 'undelivered']).has(status)
  return {
    AccountSid: accountSid,
    ApiVersion: apiVersion,
    ...(message.from === null ? {} : { From: message.from }),
    MessageSid: sid,
    MessageStatus: status,
    ...(serviceSid === null ? {} : { MessagingServiceSid: serviceSid }),
    SmsSid: sid,
    SmsStatus: status,
    To: message.to,
    ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
    ...(aboutDelivery ? { RawDlrDoneDate: doneDate(message.updatedMs) } : {}),
  }
}

function doneDate(ms: number): string {
  return new Date(ms).toISOString().replace(/\D/g, '').slice(2, 12)
}
