import type { StatusItem } from '../plan/status-item.ts'
import type { AgreementReport } from '../secrets/agreement-report.ts'

/** Something that was looked at, or why it could not be. */
export type Seen<Value> =
  | { readonly kind: 'seen'; readonly value: Value }
  | { readonly kind: 'unseen'; readonly why: string }

/** One answer, as far as it says something about its cause. Holds no body, no token and no name of a person. */
export interface SeenAnswer {
  /** `GET host:/outreach/templates (valid token in cookie)`. */
  readonly asked: string
  /** 0: no answer came. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bodyBytes: number
  /** `code` and `message` of an error of ours. */
  readonly code: string | undefined
  readonly message: string | undefined
  readonly hasMain: boolean
  /** Release that the answer says of itself. */
  readonly release: string | undefined
}

/** What the doctor asks in every case, by a name the trees use. */
export const questionNames = [
  'page.host.token',
  'page.host.nobody',
  'page.outreach.token',
  'api.host.cookie',
  'api.host.header',
  'api.outreach.cookie',
  'api.outreach.header',
  'health.host',
  'health.outreach',
  'health.api-routes',
  'health.backend',
  'backend.bare',
  'asset.host',
  'asset.outreach',
] as const
export type QuestionName = (typeof questionNames)[number]

/** A function of the stage behind its alias. */
export interface SeenFunction {
  readonly role: string
  /** Undefined: the alias is not there. */
  readonly version: string | undefined
  /** Further versions that get a share of the traffic. */
  readonly weighted: readonly string[]
  /** Whether its address belongs to the alias; undefined: it has none and needs none. */
  readonly urlAtAlias: boolean | undefined
}

/** A call or a start that did not end well, out of the platform's lines. */
export interface SeenFailure {
  readonly role: string
  /** `init`: it never got so far as to answer. */
  readonly phase: 'init' | 'call'
  /** As the platform names it, for example `Runtime.ImportModuleError`, or `timeout`. */
  readonly errorType: string
}

/** Everything the trees decide by. What is not there was not seen, and decides nothing. */
export interface Observations {
  readonly stage: string
  readonly answers: Readonly<Record<QuestionName, Seen<SeenAnswer>>>
  /** Addresses from the first to the last, following redirects without a session. */
  readonly redirects: Seen<readonly string[]>
  /** Codes of refusals that the zone logged for the doctor's own requests. */
  readonly refusals: Seen<readonly string[]>
  /** Whether a handler of the zone wrote its line for the doctor's own request. */
  readonly handlerRan: Seen<boolean>
  /** Of the last quarter of an hour. */
  readonly failures: Seen<readonly SeenFailure[]>
  readonly functions: Seen<readonly SeenFunction[]>
  /** Distributions, buckets and functions against their templates. */
  readonly infrastructure: Seen<readonly StatusItem[]>
  readonly secrets: Seen<AgreementReport>
  /** Our clock less the site's, seconds. */
  readonly clockSkewSec: Seen<number>
}
