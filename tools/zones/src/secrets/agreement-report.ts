import type { DeployedStage } from '@sax/infra/account-facts'
import type { SecretName } from '@sax/infra/secrets'

/** One function that reads a secret, as a version does that traffic reaches. */
export interface ReaderReport {
  readonly functionName: string
  readonly version: string
  readonly variable: string
  /** What the variable names; undefined when that is no secret's name. */
  readonly secretId: string | undefined
  /** Of the value that the named secret resolves to. Made under a key of this run. */
  readonly fingerprint: string | undefined
  /** What is wrong with it, as a clause; undefined when it reads this very secret. */
  readonly fault: string | undefined
}

export interface SecretReport {
  readonly name: SecretName
  readonly secretId: string
  readonly value: 'usable' | 'unusable' | 'none' | 'no secret'
  /** By the store's clock, seconds. Undefined without a value. */
  readonly ageSec: number | undefined
  /** `prepared`: a next value is accepted. `changed`: the value before is accepted still. */
  readonly rotation: 'none' | 'prepared' | 'changed'
  readonly readers: readonly ReaderReport[]
}

/** Something that keeps the applications from agreeing, or would. */
export interface Disagreement {
  readonly about: string
  /** A clause that `about` begins. */
  readonly why: string
  /** A command, or what to do. */
  readonly next: string
}

export interface AgreementReport {
  readonly stage: DeployedStage
  readonly agrees: boolean
  readonly secrets: readonly SecretReport[]
  readonly disagreements: readonly Disagreement[]
  /** Worth knowing, and no fault. */
  readonly notes: readonly string[]
}
