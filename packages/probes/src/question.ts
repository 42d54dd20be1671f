/** The front door under the host's public name. */
export const HOST_DOOR = 'host'

/**
 * Where a question is put: the host's public name, a carried zone's own (by the zone's name), or the backend itself,
 * where it can be reached.
 */
export type Door = string

/** Ways in which a token is wrong. Whoever asks makes such tokens; probes only name them. */
export const tokenFlaws = [
  'forged',
  'edited',
  'expired',
  'alg-none',
  'wrong-audience',
  'wrong-issuer',
  'truncated',
] as const
export type TokenFlaw = (typeof tokenFlaws)[number]

/** People who ask: two of different tenants, and an administrator, who sees every screen. */
export type Asker = 'first' | 'second' | 'administrator'

/** What a request carries to say who asks. */
export type Credential =
  | {
      readonly kind: 'token'
      readonly in: 'cookie' | 'header' | 'bearer'
      readonly of: Asker
      readonly flaw?: TokenFlaw
    }
  /** The host's own session cookies, from a sign-in in a browser. */
  | { readonly kind: 'session'; readonly of: Asker }

/** One HTTP request. `path` (with query) is sent byte for byte, never normalised. */
export interface HttpQuestion {
  readonly kind: 'http'
  readonly door: Door
  /** Default GET. */
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly carries?: readonly Credential[]
  readonly body?: string
}

/** The log lines of every hop under one request id. */
export interface LogQuestion {
  readonly kind: 'logs'
  readonly requestId: string
  /** Services that are sure to write a line: whoever reads a log that fills slowly waits for them. */
  readonly services: readonly string[]
}

/** How a public name answers a TLS handshake. */
export interface TlsQuestion {
  readonly kind: 'tls'
  /** Host name, without port. */
  readonly name: string
}

/** What the functions' platform reported of the last calls. */
export interface CallsQuestion {
  readonly kind: 'calls'
  /** How far back, seconds. */
  readonly sinceSec: number
}

/** Who may read a bucket of files. */
export interface BucketQuestion {
  readonly kind: 'bucket'
  readonly zone: string
  /** Asked of the bucket's own address, as somebody from the internet would. */
  readonly path: string
}

/** What releases wrote down of how long the versions that people reach took to start. */
export interface StartsQuestion {
  readonly kind: 'starts'
  readonly roles: readonly string[]
}

export type Question = HttpQuestion | LogQuestion | TlsQuestion | CallsQuestion | BucketQuestion | StartsQuestion

export interface HttpAnswer {
  readonly kind: 'http'
  /** 0 when the connection ended without an answer. */
  readonly status: number
  /** Names in lower case; several values are joined with a comma and a blank. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly bodyBytes: number
  /** The id the request was sent with. */
  readonly requestId: string
  readonly elapsedMs: number
}

export interface LogLine {
  readonly service: string
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface LogAnswer {
  readonly kind: 'logs'
  readonly lines: readonly LogLine[]
}

export interface TlsAnswer {
  readonly kind: 'tls'
  /** As OpenSSL names it, for example `TLSv1.3`. */
  readonly protocol: string
  /** Why the certificate is not good for the name; undefined when it is, chain included. */
  readonly distrust: string | undefined
  /** Until the certificate's end; negative: it has ended. */
  readonly daysLeft: number
  /** Versions older than the floor that were offered and accepted. */
  readonly oldAccepted: readonly string[]
}

/** One call of a function, as the platform reports it. */
export interface CallReport {
  /** Role of the function. */
  readonly role: string
  readonly status: 'success' | 'error' | 'failure' | 'timeout'
  readonly durationMs: number
  /** Undefined: it was warm. */
  readonly initMs: number | undefined
}

export interface CallsAnswer {
  readonly kind: 'calls'
  readonly calls: readonly CallReport[]
}

/** One start that a release saw and wrote down. */
export interface WrittenStart {
  readonly role: string
  readonly initMs: number
  /** Whose record it stands in, and when it was, for example `deploy of 1.4.0 at 2026-11-29T10:00:00.000Z`. */
  readonly of: string
}

export interface StartsAnswer {
  readonly kind: 'starts'
  /** Of versions that people reach. A role of which nothing was written down is missing. */
  readonly starts: readonly WrittenStart[]
}

export interface BucketAnswer {
  readonly kind: 'bucket'
  /** Whether the bucket refuses the public whatever its policy says. */
  readonly blocksPublic: boolean
  /** Status of its own address; undefined: that cannot be reached from here. */
  readonly directStatus: number | undefined
}

/** The question could not be put here, for example logs of a stage that cannot be read. Not a success, not a failure. */
export interface NoAnswer {
  readonly kind: 'unavailable'
  readonly why: string
}

export type Answer = HttpAnswer | LogAnswer | TlsAnswer | CallsAnswer | BucketAnswer | StartsAnswer | NoAnswer

/** Puts one question. Provided by whoever runs probes; probes themselves open no socket. */
export type Ask = (question: Question) => Promise<Answer>
