import type { InboundMessage, StatusReport } from './carrier-events.ts'

/**
 * `seen`: it was stored before. The number it was sent to is nobody's yet, but its pool is known: `stored_by_pool`, with a
 * practice of the pool, or `set_aside`, until somebody has the number. `nobodys_number`: neither is known.
 */
export type Received = 'stored' | 'seen' | 'stored_by_pool' | 'set_aside' | 'nobodys_number'

/** Where what the carrier tells is kept. Each function is one transaction, and harmless when it is repeated. */
export interface ReceivingStore {
  /**
   * Stores a message with its conversation. What it says about being texted holds when this returns: whatever was being
   * sent to the number has come to its end, and nothing more will be; STOP holds for every tenant of the pool.
   */
  receive(message: InboundMessage): Promise<Received>
  /** Moves a message on; settles its place in the outbox, should that still be open. */
  report(status: StatusReport): Promise<'applied' | 'unknown_message' | 'other_sid'>
}

/** A text that was set aside, and the tenant that has its number by now. */
export interface TextToPlace {
  readonly tenantId: string
  readonly sid: string
  readonly from: string
}

/** What was set aside until somebody has its number. */
export interface SetAsideStore {
  /** Those that can be placed, the oldest first. */
  due(limit: number): Promise<readonly TextToPlace[]>
  /** Gives one to the practice that has its number, as of when it came. Harmless when it is repeated. */
  place(text: TextToPlace): Promise<void>
}
