import type { InboundMessage, StatusReport } from './carrier-events.ts'

/** Where what the carrier tells is kept. Each function is one transaction, and harmless when it is repeated. */
export interface ReceivingStore {
  /**
   * Stores a message with its conversation. What it says about being texted holds when this returns: whatever was being
   * sent to the number has come to its end, and nothing more will be.
   */
  receive(message: InboundMessage): Promise<'stored' | 'seen' | 'nobodys_number'>
  /** Moves a message on; settles its place in the outbox, should that still be open. */
  report(status: StatusReport): Promise<'applied' | 'unknown_message' | 'other_sid'>
}
