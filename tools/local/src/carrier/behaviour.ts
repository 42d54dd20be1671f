import { z } from 'zod'

const count = z.int().min(0).max(10_000)
const ms = z.int().min(0).max(600_000)

/** How the carrier behaves. Everything here is something that a real one has been seen to do. */
export const behaviourSchema = z.strictObject({
  /** Milliseconds from one status of a message to the next. */
  stepMs: ms,
  /** Reversed and shuffled callbacks of a message leave when it has its last status. */
  callbackOrder: z.enum(['in_order', 'reversed', 'shuffled']),
  /** How often each callback is sent, 1 to 5. */
  callbackCopies: z.int().min(1).max(5),
  callbackDelayMs: ms,
  /** Status callbacks never arrive. */
  callbacksLost: z.boolean(),
  /** An opted-out recipient is refused with 21610 in the answer, or the message is taken and fails with it. */
  optOutRefusal: z.enum(['at_once', 'later']),
  /** So many requests are answered 429 (20429); nothing of them was processed. */
  refuseNext: count,
  /** So many requests are answered 500 (20500); nothing of them was processed. */
  failNext: count,
  /** So many messages are taken, and the request that brought them is never answered. */
  silentNext: count,
  /** So many messages are taken, and then the connection breaks. */
  resetNext: count,
})

export type Behaviour = z.infer<typeof behaviourSchema>

/** What a request may ask to change; the rest stays. */
export const behaviourChange = behaviourSchema.partial()
export type BehaviourChange = z.infer<typeof behaviourChange>

/** A good day. */
export const goodDay: Behaviour = {
  stepMs: 300,
  callbackOrder: 'in_order',
  callbackCopies: 1,
  callbackDelayMs: 0,
  callbacksLost: false,
  optOutRefusal: 'at_once',
  refuseNext: 0,
  failNext: 0,
  silentNext: 0,
  resetNext: 0,
}
