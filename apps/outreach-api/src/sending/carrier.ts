import type { CarrierAnswer, Lookup } from '../domain/outbox-steps.ts'

/** A message as the carrier is given it. Phones in E.164. */
export interface Letter {
  readonly messageId: string
  readonly to: string
  /** The practice's number, and the pool it belongs to, if any. */
  readonly from: string
  readonly messagingServiceSid: string | undefined
  /** Empty for a picture without words. */
  readonly body: string
  /** Ids of its pictures, in order. */
  readonly pictures: readonly string[]
  /** Present time, in milliseconds since the epoch, when it was stored. */
  readonly storedAtMs: number
}

/** What the carrier knows of the messages that it had. */
export interface CarrierRecords {
  /** When it got a message, in milliseconds since the epoch, to the second; undefined when it does not say. Never throws. */
  createdAt(sid: string): Promise<number | undefined>
}

/** Who brings messages to telephones. Neither call throws for anything the carrier or the network does. */
export interface Carrier {
  /** Ends within seconds: consent cannot be taken back meanwhile. */
  send(letter: Letter): Promise<CarrierAnswer>
  /** Whether it has the letter already. `known`: names of the carrier's that belong to other messages. */
  find(letter: Letter, known: (sids: readonly string[]) => Promise<ReadonlySet<string>>): Promise<Lookup>
}
