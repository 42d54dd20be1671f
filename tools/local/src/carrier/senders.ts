/** A number that a practice sends from. */
export interface Sender {
  /** E.164 */
  readonly phone: string
  /** Whose it is, for the page of phones. */
  readonly name: string
  /** The Messaging Service whose pool it is in. */
  readonly serviceSid?: string
}

/** A Messaging Service: numbers that send in its name. */
export interface SenderPool {
  readonly sid: string
  /** Advanced Opt-Out: the webhook is told which keyword it was. */
  readonly advancedOptOut: boolean
}

/** Whom an opt-out goes for: the whole pool of a service, or one number alone. */
export function optOutScope(sender: Sender): string {
  return sender.serviceSid ?? sender.phone
}
