import { type Behaviour, type BehaviourChange, goodDay } from './behaviour.ts'
import { inboundParameters } from './inbound-parameters.ts'
import { Journey } from './journey.ts'
import { keywordAnswers, optOutType } from './keywords.ts'
import { type MediaFile, MediaShelf } from './media-shelf.ts'
import type { CarrierMessage } from './message.ts'
import { type ListFilter, MessageStore } from './message-store.ts'
import { inboundMessage, outboundMessage } from './new-message.ts'
import { OptOuts } from './opt-outs.ts'
import { Phones } from './phones.ts'
import { type Refusal, refusals } from './refusals.ts'
import { type ReadSendRequest, readSendRequest } from './send-request.ts'
import { SenderLane } from './sender-lane.ts'
import type { Sender, SenderPool } from './senders.ts'
import { StatusCallbacks } from './status-callbacks.ts'
import { endingTogether, type Time } from './time.ts'
import { type Delivery, Webhooks } from './webhooks.ts'

export interface CarrierOptions {
  readonly accountSid: string
  readonly authToken: string
  readonly senders: readonly Sender[]
  readonly services: readonly SenderPool[]
  /** Where messages of patients go. */
  readonly inboundUrl: string
  /** Whether `fetch` may be asked for an address that a customer gives. Default: for one of this computer. */
  readonly reaches?: (url: string) => boolean
  /** Base address of this carrier, without a trailing slash. */
  readonly baseUrl: string
  readonly time: Time
  readonly fetch: typeof globalThis.fetch
  /** A new sid: the prefix and 32 hexadecimal digits. */
  readonly newSid: (prefix: string) => string
  readonly newToken: () => string
  /** From 0 to below 1. */
  readonly random: () => number
  /** Of each number. @source Twilio docs, error 30001: a US long code sends one a second */
  readonly segmentsPerSec: number
  /** A number's queue holds no more, in seconds. @source Twilio docs, error 30001: ten hours */
  readonly queueSec?: number
  /** Default 20,000; the oldest go. */
  readonly keptMessages?: number
  /** Default 64 MB; the oldest go. */
  readonly keptMediaBytes?: number
}

export interface Inbound {
  readonly from: string
  /** The practice's number. */
  readonly to: string
  readonly body: string
  readonly pictures: readonly MediaFile[]
}

export type Received =
  | { readonly kind: 'received'; readonly message: CarrierMessage; readonly delivery: Promise<Delivery> }
  | { readonly kind: 'no_such_number' }

export type Sent =
  | { readonly kind: 'accepted'; readonly message: CarrierMessage }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

export type Cancelled =
  | { readonly kind: 'cancelled'; readonly message: CarrierMessage }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

const MEGABYTE = 1024 * 1024

/** One account at a carrier, with the phones of everybody it can reach. Everything is in memory. */
export class Carrier {
  readonly options: CarrierOptions
  readonly phones = new Phones()
  readonly shelf: MediaShelf
  readonly webhooks: Webhooks
  readonly #messages: MessageStore
  readonly #optOuts = new OptOuts()
  readonly #lanes = new Map<string, SenderLane>()
  readonly #callbacks: StatusCallbacks
  readonly #journey: Journey
  readonly #time: ReturnType<typeof endingTogether>
  #behaviour: Behaviour = goodDay

  constructor(options: CarrierOptions) {
    this.options = options
    this.shelf = new MediaShelf(options.keptMediaBytes ?? 64 * MEGABYTE)
    this.#messages = new MessageStore(options.keptMessages ?? 20_000)
    this.#time = endingTogether(options.time)
    const { accountSid, authToken, fetch, newToken, random, newSid } = options
    const behaviour = () => this.#behaviour
    const time = this.#time
    this.webhooks = new Webhooks({ authToken, time, fetch, newToken })
    this.#callbacks = new StatusCallbacks({ accountSid, webhooks: this.webhooks, time, behaviour, random })
    this.#journey = new Journey({
      time,
      behaviour,
      callbacks: this.#callbacks,
      phones: this.phones,
      optOuts: this.#optOuts,
      shelf: this.shelf,
      fetch,
      newSid,
      laneOf: (sender) => this.#laneOf(sender),
      choose: (serviceSid, phone) => this.#choose(serviceSid, phone),
      queueSec: options.queueSec ?? 36_000,
    })
  }

  /** Takes a message, or refuses it as the Messages API does. */
  send(form: URLSearchParams): Sent {
    const refused = (refusal: Refusal): Sent => ({ kind: 'refused', refusal })
    if (this.#spend('refuseNext')) return refused(refusals.tooManyRequests)
    if (this.#spend('failNext')) return refused(refusals.internal)
    const nowMs = this.#time.nowMs()
    const read: ReadSendRequest = readSendRequest(form, this.options, nowMs)
    if (read.kind === 'refused') return read
    const { request } = read
    const { to, sender, serviceSid, sendAtMs } = request
    const writer = sender ?? this.#choose(serviceSid ?? '', to)
    if (this.#behaviour.optOutRefusal === 'at_once' && this.#optOuts.has(writer, to)) {
      return refused(refusals.unsubscribed)
    }
    const queueMs = (this.options.queueSec ?? 36_000) * 1000
    if (sender !== undefined && this.#laneOf(sender).waitMs > queueMs) return refused(refusals.queueFull)
    const message = outboundMessage(this.options.newSid(request.mediaUrls.length > 0 ? 'MM' : 'SM'), request, nowMs)
    this.#messages.add(message)
    const begin = () => {
      if (message.status !== 'canceled') this.#journey.begin(message, sender)
    }
    if (sendAtMs === undefined) begin()
    else this.#time.later(sendAtMs - nowMs, begin)
    return { kind: 'accepted', message }
  }

  message(sid: string): CarrierMessage | undefined {
    return this.#messages.get(sid)
  }

  /** Newest first. */
  messages(filter: ListFilter = {}): readonly CarrierMessage[] {
    return this.#messages.list(filter)
  }

  /** Calls a scheduled message off. */
  cancel(sid: string): Cancelled {
    const message = this.#messages.get(sid)
    if (message === undefined) return { kind: 'refused', refusal: refusals.notFound }
    if (message.status !== 'scheduled') return { kind: 'refused', refusal: refusals.notCancelable }
    message.status = 'canceled'
    message.updatedMs = this.#time.nowMs()
    return { kind: 'cancelled', message }
  }

  /** A patient writes. Keywords are answered by the carrier itself, and the practice is told of every message. */
  receive({ from, to, body, pictures }: Inbound): Received {
    const sender = this.options.senders.find(({ phone }) => phone === to)
    if (sender === undefined) return { kind: 'no_such_number' }
    const nowMs = this.#time.nowMs()
    const media = pictures.map((file) => {
      const sid = this.options.newSid('ME')
      this.shelf.put(sid, file)
      return { sid, contentType: file.contentType }
    })
    const message = inboundMessage(
      this.options.newSid(media.length > 0 ? 'MM' : 'SM'),
      from,
      sender,
      body,
      media,
      nowMs,
    )
    this.#messages.add(message)
    this.phones.add(from, { atMs: nowMs, kind: 'mine', number: to, text: body, media, errorCode: null })
    const keyword = this.#keywordOf(sender, from, body)
    const service = this.options.services.find(({ sid }) => sid === sender.serviceSid)
    const { accountSid, baseUrl, inboundUrl } = this.options
    const parameters = inboundParameters(message, {
      accountSid,
      baseUrl,
      optOutType: service?.advancedOptOut === true ? keyword : undefined,
    })
    return { kind: 'received', message, delivery: this.webhooks.send('inbound', inboundUrl, parameters) }
  }

  get behaviour(): Behaviour {
    return this.#behaviour
  }

  behave(change: BehaviourChange): void {
    const said = Object.entries(change).filter(([, value]) => value !== undefined)
    this.#behaviour = { ...this.#behaviour, ...Object.fromEntries(said) }
  }

  isOptedOut(number: string, phone: string): boolean {
    const sender = this.options.senders.find((one) => one.phone === number)
    return sender !== undefined && this.#optOuts.has(sender, phone)
  }

  /** Whether the request that brought a message is left without its answer, and how. */
  spoilAnswer(): 'answer' | 'silence' | 'reset' {
    if (this.#spend('silentNext')) return 'silence'
    return this.#spend('resetNext') ? 'reset' : 'answer'
  }

  /** As new. What is under way is called off. */
  reset(): void {
    this.#time.callOff()
    this.#messages.clear()
    this.#optOuts.clear()
    this.#lanes.clear()
    this.#callbacks.forget()
    this.webhooks.forget()
    this.shelf.clear()
    this.phones.clear()
    this.#behaviour = goodDay
  }

  /** Ends everything that is under way. */
  close(): void {
    this.#time.callOff()
    this.webhooks.close()
  }

  #keywordOf(sender: Sender, phone: string, body: string) {
    const keyword = optOutType(body)
    if (keyword === undefined) return undefined
    const hasChanged =
      keyword === 'STOP'
        ? this.#optOuts.stop(sender, phone)
        : keyword === 'START'
          ? this.#optOuts.start(sender, phone)
          : true
    if (hasChanged) {
      this.#time.later(this.#behaviour.stepMs, () =>
        this.phones.add(phone, {
          atMs: this.#time.nowMs(),
          kind: 'carrier',
          number: sender.phone,
          text: keywordAnswers[keyword],
          media: [],
          errorCode: null,
        }),
      )
    }
    return keyword
  }

  /** The number of a service that this phone heard from or wrote to last; else the first. */
  #choose(serviceSid: string, phone: string): Sender {
    const pool = this.options.senders.filter((one) => one.serviceSid === serviceSid)
    const known = this.phones.of(phone).findLast(({ number }) => pool.some((one) => one.phone === number))?.number
    const chosen = pool.find((one) => one.phone === known) ?? pool[0]
    if (chosen === undefined) throw new TypeError('a service without a number is refused before')
    return chosen
  }

  #laneOf(sender: Sender): SenderLane {
    const lane = this.#lanes.get(sender.phone) ?? new SenderLane(this.#time, this.options.segmentsPerSec)
    this.#lanes.set(sender.phone, lane)
    return lane
  }

  #spend(counter: 'refuseNext' | 'failNext' | 'silentNext' | 'resetNext'): boolean {
    const left = this.#behaviour[counter]
    if (left > 0) this.behave({ [counter]: left - 1 })
    return left > 0
  }
}
