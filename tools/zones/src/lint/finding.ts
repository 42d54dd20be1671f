export type Severity = 'error' | 'warning'

/** Something the site's configuration gets wrong, with a URL path that shows it. */
export interface Finding {
  /** Stable id of the rule, kebab-case. */
  readonly rule: RuleId
  readonly severity: Severity
  /** A path that meets the fault; `/` when it is not about one path. */
  readonly witness: string
  /** The input and the place in it, for example `host.yaml: HostDistribution, behaviour 3 /outreach/*`. */
  readonly where: string
  /** The input alone, as it was given: what an annotation is put on. */
  readonly file: string
  readonly why: string
  readonly fix: string
}

/** Every rule: what it says in one line, and what it would have prevented. Ids are part of the tool's contract. */
export const ruleBook = {
  'api-bypass': { says: "A zone's API is answered by something other than the zone.", ids: ['R2'] },
  'missing-exact-path': {
    says: "A pattern takes a zone's pages but not its bare base path.",
    ids: ['R5', 'correction 5'],
  },
  'missing-static-behavior': {
    says: "A zone's hashed files go to something that does not hold them.",
    ids: ['R1', 'correction 6'],
  },
  'wrong-order': { says: 'A pattern can never match: earlier ones take everything.', ids: ['R13'] },
  'swallowed-assets': { says: "One pattern takes a zone's pages and its hashed files.", ids: ['correction 5'] },
  'overlapping-patterns': { says: 'Two patterns own the same URL; the winner depends on their order.', ids: ['R13'] },
  'case-mismatch': { says: 'Two matchers disagree about capital letters.', ids: ['R10', 'R11'] },
  'unknown-policy': { says: 'A policy id that does not exist.', ids: ['C6', 'correction 1'] },
  'cached-signed-in': {
    says: "One person's answer is stored and served to others.",
    ids: ['C2', 'C8', 'correction 2'],
  },
  'host-forwarded': { says: "The viewer's Host header reaches an origin that refuses it.", ids: ['correction 3'] },
  'impossible-compression': { says: 'Compression is switched on where it cannot happen.', ids: ['correction 4'] },
  'writes-blocked': { says: "A zone's API cannot be written to.", ids: [] },
  'bucket-policy': { says: 'A bucket refuses a distribution that reads from it.', ids: ['R6', 'correction 6'] },
  'public-origin': {
    says: 'A function can be called around CloudFront and its firewall.',
    ids: ['S12', 'correction 10'],
  },
  'forwarded-host-not-overwritten': {
    says: 'A viewer can choose the host name a server believes in.',
    ids: ['S15', 'correction 3'],
  },
  'foreign-stage-host': { says: 'A host name of one stage stands in the configuration of another.', ids: ['D6'] },
  'build-time-destination': {
    says: 'A destination is read from the environment while building.',
    ids: ['correction 8'],
  },
  'host-knows-backend': {
    says: 'The host knows where the backend is, or a secret it shows to browsers.',
    ids: ['R2', 'correction 9'],
  },
  'catch-all-proxy': { says: 'A catch-all passes everything on, headers of the caller included.', ids: ['R9'] },
  'error-caching': { says: "A server's failure is stored and served after the server recovered.", ids: [] },
  'unmatched-proxy': { says: 'A proxy does not see a path it is there for.', ids: ['R11'] },
  'end-of-life-runtime': { says: 'A function runs on a runtime that is no longer maintained.', ids: ['correction 18'] },
  'secrets-in-env': { says: "A secret's value stands in a function's environment.", ids: ['S16', 'correction 17'] },
  'identical-secrets': { says: 'Two secrets with different purposes have one value.', ids: ['correction 13'] },
  'url-not-on-alias': {
    says: 'A function URL does not follow the alias that releases move.',
    ids: ['D7', 'correction 11'],
  },
  'wrong-name': {
    says: 'A log group is named almost like a function, and belongs to none.',
    ids: ['D4', 'correction 16'],
  },
  'unrouted-zone': { says: 'Nothing carries a zone: its paths stay with the host.', ids: ['correction 7'] },
  'expiring-assets': { says: 'A bucket deletes hashed files by their age.', ids: ['C7'] },
  'stream-mode': { says: 'Build and function URL disagree on streaming.', ids: ['C5'] },
  'unshipped-proxy': { says: 'A proxy is built apart and called by nobody.', ids: ['R12'] },
  'broken-configuration': { says: 'A distribution contains what CloudFront would refuse.', ids: [] },
} as const satisfies Readonly<Record<string, { readonly says: string; readonly ids: readonly string[] }>>

export type RuleId = keyof typeof ruleBook

/** Findings as they are reported: each once, by file, then place, then rule. */
export function ordered(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ file, where, rule, witness }: Finding) => [file, where, rule, witness].join('\n')
  const unique = new Map(findings.map((finding) => [key(finding), finding]))
  const collator = new Intl.Collator('en', { numeric: true })
  return [...unique.values()].sort((a, b) => collator.compare(key(a), key(b)))
}
