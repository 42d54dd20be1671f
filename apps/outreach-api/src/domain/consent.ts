/** Whether a number may be texted. `held`: a person has to decide what the patient meant. */
export type ConsentState = 'subscribed' | 'opted_out' | 'held'

/**
 * Texts that are told further apart than this were written in the order in which they were told. Well over the time in
 * which the carrier tells one, tries it once more, and asks a fallback address.
 * @source Twilio documentation, "Webhooks FAQ" (15 seconds), "Webhooks (HTTP callbacks): Connection Overrides" (15 seconds in all)
 */
export const TOLD_IN_DISORDER_MS = 600_000

/** What can change it. The last two are done by people of the practice. */
export type ConsentEvent =
  | 'stop'
  | 'start'
  | 'yes'
  | 'revocation'
  | 'carrier_refusal'
  | 'person_opt_out'
  | 'person_release'

/** `recorded`: it belongs into the ledger, even when it changes nothing. */
export interface ConsentStep {
  readonly state: ConsentState
  readonly recorded: boolean
}

/**
 * What an event makes of a state. Only the patient takes back a STOP: no person of the practice can, and the carrier
 * would not send anyway.
 */
export function nextConsent(state: ConsentState, event: ConsentEvent): ConsentStep {
  switch (event) {
    case 'stop':
    case 'carrier_refusal':
    case 'person_opt_out':
      return { state: 'opted_out', recorded: true }
    case 'start':
      return { state: 'subscribed', recorded: true }
    // To the carrier YES is START. It also answers questions, so it only counts where it can mean nothing else.
    case 'yes':
      return state === 'opted_out' ? { state: 'subscribed', recorded: true } : { state, recorded: false }
    case 'revocation':
      return { state: state === 'subscribed' ? 'held' : state, recorded: true }
    case 'person_release':
      return state === 'held' ? { state: 'subscribed', recorded: true } : { state, recorded: false }
  }
}
