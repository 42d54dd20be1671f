import type { Behaviour } from './behaviour.ts'
import { fateOf } from './fates.ts'
import { fetchMedia } from './fetch-media.ts'
import type { MediaShelf } from './media-shelf.ts'
import type { CarrierMessage, MessageStatus } from './message.ts'
import { segmentsOf } from './new-message.ts'
import type { OptOuts } from './opt-outs.ts'
import type { Phones } from './phones.ts'
import type { SenderLane } from './sender-lane.ts'
import type { Sender } from './senders.ts'
import type { StatusCallbacks } from './status-callbacks.ts'
import type { Time } from './time.ts'

export interface JourneyOptions {
  readonly time: Time
  readonly behaviour: () => Behaviour
  readonly callbacks: StatusCallbacks
  readonly phones: Phones
  readonly optOuts: OptOuts
  readonly shelf: MediaShelf
  readonly fetch: typeof globalThis.fetch
  readonly newSid: (prefix: string) => string
  readonly laneOf: (sender: Sender) => SenderLane
  /** The number of a service that writes to this phone. */
  readonly choose: (serviceSid: string, phone: string) => Sender
  /** A number's queue holds no more than this, in seconds. */
  readonly queueSec: number
}

/**
 * Takes an outbound message from acceptance to its end.
 * @source Twilio docs, "Messages resource", message status values: (accepted) queued sending sent, then delivered or
 * undelivered; failed when it never left
 */
export class Journey {
  readonly #options: JourneyOptions

  constructor(options: JourneyOptions) {
    this.#options = options
  }

  /** A message of a service first gets its number. */
  begin(message: CarrierMessage, sender: Sender | undefined): void {
    if (message.serviceSid === null && sender !== undefined) {
      this.#queue(message, sender)
      return
    }
    this.#soon(message, () => {
      const chosen = sender ?? this.#options.choose(message.serviceSid ?? '', message.to)
      message.from = chosen.phone
      if (this.#options.optOuts.has(chosen, message.to)) {
        this.#end(message, 'failed', 21610)
        return
      }
      const { waitMs } = this.#options.laneOf(chosen)
      if (waitMs > this.#options.queueSec * 1000) {
        this.#end(message, 'failed', 30001)
        return
      }
      this.#move(message, 'queued')
      this.#queue(message, chosen)
    })
  }

  #queue(message: CarrierMessage, sender: Sender): void {
    // Counting is slow, and a message that began with its number was counted then.
    if (message.segments === 0) message.segments = segmentsOf(message.body, message.mediaUrls.length)
    const waitMs = this.#options.laneOf(sender).take(message.segments)
    if (waitMs > message.validitySec * 1000) {
      this.#options.time.later(message.validitySec * 1000, () => this.#end(message, 'failed', 30001))
      return
    }
    this.#soon(
      message,
      () => {
        this.#move(message, 'sending')
        if (message.mediaUrls.length === 0) this.#send(message)
        else void this.#fetchMediaOf(message)
      },
      waitMs,
    )
  }

  async #fetchMediaOf(message: CarrierMessage): Promise<void> {
    const { fetch, newSid, shelf } = this.#options
    const fetched = await fetchMedia(message.mediaUrls, fetch)
    if (fetched.kind === 'failed') {
      this.#end(message, 'failed', fetched.errorCode)
      return
    }
    message.media = fetched.files.map((file) => {
      const sid = newSid('ME')
      shelf.put(sid, file)
      return { sid, contentType: file.contentType }
    })
    this.#send(message)
  }

  #send(message: CarrierMessage): void {
    const fate = fateOf(message.to)
    this.#soon(message, () => {
      message.sentMs = this.#options.time.nowMs()
      this.#move(message, 'sent')
      this.#soon(message, () => {
        if (fate.kind === 'undelivered') this.#end(message, 'undelivered', fate.errorCode)
        else this.#end(message, 'delivered', null)
      })
    })
  }

  #end(message: CarrierMessage, status: 'delivered' | 'undelivered' | 'failed', errorCode: number | null): void {
    message.errorCode = errorCode
    const { from, to, body, media } = message
    this.#options.phones.add(to, {
      atMs: this.#options.time.nowMs(),
      kind: status === 'delivered' ? 'practice' : 'lost',
      number: from ?? '',
      text: body,
      media,
      errorCode,
    })
    this.#move(message, status)
  }

  #move(message: CarrierMessage, status: MessageStatus): void {
    message.status = status
    message.updatedMs = this.#options.time.nowMs()
    this.#options.callbacks.tell(message)
  }

  #soon(message: CarrierMessage, act: () => void, waitMs = 0): void {
    this.#options.time.later(waitMs + this.#options.behaviour().stepMs, () => {
      if (message.status !== 'canceled') act()
    })
  }
}
