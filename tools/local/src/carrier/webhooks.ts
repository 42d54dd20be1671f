import { signatureOf } from './signature.ts'
import type { Time } from './time.ts'

/** @source Twilio docs, "Webhooks (HTTP callbacks): Connection Overrides": 15 s in all, one retry when nothing connects */
const TIMEOUT_MS = 15_000
const ATTEMPTS = 2
const KEPT_DELIVERIES = 1000

type Parameters = Readonly<Record<string, string>>

/** A webhook request and what came of it. */
export interface Delivery {
  readonly id: number
  readonly kind: 'status' | 'inbound'
  readonly url: string
  readonly parameters: Parameters
  /** The same for every repetition of it. */
  readonly idempotencyToken: string
  readonly askedMs: number
  /** HTTP status of the answer; undefined until there is one, and when there never is. */
  status: number | undefined
  attempts: number
}

export interface WebhookOptions {
  readonly authToken: string
  readonly time: Time
  readonly fetch: typeof globalThis.fetch
  readonly newToken: () => string
}

/** Sends the carrier's own requests, signed, and remembers what was answered. */
export class Webhooks {
  readonly #options: WebhookOptions
  readonly #deliveries: Delivery[] = []
  readonly #underWay = new Set<AbortController>()
  #isClosed = false
  #lastId = 0

  constructor(options: WebhookOptions) {
    this.#options = options
  }

  /** Resolves with the delivery when it was answered or given up. Never rejects. */
  async send(kind: Delivery['kind'], url: string, parameters: Parameters): Promise<Delivery> {
    return this.#deliver(kind, url, parameters, this.#options.newToken())
  }

  /** Sends an old delivery once more, signed again, as a carrier does that did not hear the answer. */
  async repeat(id: number): Promise<Delivery | undefined> {
    const old = this.#deliveries.find((one) => one.id === id)
    return old && this.#deliver(old.kind, old.url, old.parameters, old.idempotencyToken)
  }

  /** Newest last. */
  get deliveries(): readonly Delivery[] {
    return this.#deliveries
  }

  forget(): void {
    this.#deliveries.length = 0
  }

  /** Breaks off what is under way. */
  close(): void {
    this.#isClosed = true
    for (const request of this.#underWay) request.abort()
  }

  async #deliver(kind: Delivery['kind'], url: string, parameters: Parameters, token: string): Promise<Delivery> {
    this.#lastId += 1
    const delivery: Delivery = {
      id: this.#lastId,
      kind,
      url,
      parameters,
      idempotencyToken: token,
      askedMs: this.#options.time.nowMs(),
      status: undefined,
      attempts: 0,
    }
    this.#deliveries.push(delivery)
    if (this.#deliveries.length > KEPT_DELIVERIES) this.#deliveries.shift()
    // A signal of its own: joined to one that lives as long as we do, each would be kept until its time is over.
    const request = new AbortController()
    this.#underWay.add(request)
    const callOff = this.#options.time.later(TIMEOUT_MS, () => request.abort())
    while (
      delivery.status === undefined &&
      delivery.attempts < ATTEMPTS &&
      !request.signal.aborted &&
      !this.#isClosed
    ) {
      delivery.attempts += 1
      delivery.status = await this.#ask(delivery, request.signal)
    }
    callOff()
    this.#underWay.delete(request)
    return delivery
  }

  async #ask({ url, parameters, idempotencyToken }: Delivery, signal: AbortSignal): Promise<number | undefined> {
    try {
      const answer = await this.#options.fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
          'x-twilio-signature': signatureOf(this.#options.authToken, url, parameters),
          'i-twilio-idempotency-token': idempotencyToken,
          'user-agent': 'TwilioProxy/1.1',
          accept: '*/*',
        },
        body: new URLSearchParams(parameters).toString(),
        redirect: 'manual',
        signal,
      })
      await answer.arrayBuffer()
      return answer.status
    } catch {
      // Nobody there, or no answer in time: for the carrier that is an outcome like any other.
      return undefined
    }
  }
}
