import type { ConsentState } from '../domain/consent.ts'
import type { Step } from '../domain/outbox-steps.ts'
import type { Letter } from './carrier.ts'

export interface MessageKey {
  readonly tenantId: string
  readonly messageId: string
}

/** A message that one worker has, for a while. */
export interface Claim extends MessageKey {
  /** Nobody else's: what is written under a claim that was lost is not written. */
  readonly token: string
  readonly work: 'send' | 'ask'
  /** Attempts before this one. */
  readonly attempts: number
}

/** What is about to be sent, and whether its number may be texted. */
export interface Held {
  readonly letter: Letter
  readonly consent: ConsentState
}

/**
 * The outbox as its worker knows it. Each function is one transaction; those that take a claim do nothing and answer
 * `lost` when it is no longer good.
 */
export interface OutboxStore {
  /** Messages that are due, the longest due first. They are not claimed yet. */
  due(query: { readonly nowMs: number; readonly limit: number }): Promise<readonly MessageKey[]>
  /**
   * Takes a message that is due and that nobody has, for `claimMs`. What a worker left behind while sending is made
   * `unknown` for `settlingMs`, and is not claimed. The clock is read inside the transaction: whoever slept before it
   * must not shorten either.
   */
  claim(
    key: MessageKey,
    take: { readonly token: string; readonly claimMs: number; readonly settlingMs: number },
  ): Promise<Claim | undefined>
  /** Says, before anything leaves us, that something may have left us. Counts the attempt. */
  begin(claim: Claim): Promise<'begun' | 'lost'>
  /**
   * Runs `work` while nobody can take back consent for the number and nobody else can claim the message, and records
   * its step in the same transaction. Writes nothing before that.
   */
  holding(claim: Claim, work: (held: Held) => Promise<Step>): Promise<'recorded' | 'lost'>
  /** The letter of a message that is asked for. */
  letter(claim: Claim): Promise<Letter | undefined>
  /** Those of these carrier's names that stand at messages other than the claimed one. */
  known(claim: Claim, sids: readonly string[]): Promise<ReadonlySet<string>>
  record(claim: Claim, step: Step): Promise<'recorded' | 'lost'>
  /** The carrier refused the number because its owner had said stop. A START that was told since is newer. */
  refusedByCarrier(claim: Claim, refusedAtMs: number): Promise<void>
}
