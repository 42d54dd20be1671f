import { assetBucketName, functionName, functionRoles, stages, zones } from '@sax/topology'

export interface Forbidden {
  readonly what: string
  readonly pattern: RegExp
  /** Must not be shown to whoever is told where it is. */
  readonly secret?: true
}

export interface Found {
  readonly file: string
  readonly what: string
  /** What was found, or for a secret only where. */
  readonly text: string
}

/** What no file of a release may hold, whoever wrote it. */
export function forbiddenEverywhere(folders: readonly string[]): readonly Forbidden[] {
  return [
    ...stageNames().map((name) => ({ what: "a stage's own name or address", pattern: literal(name) })),
    ...folders.map((folder) => ({ what: 'a folder of the machine it was built on', pattern: literal(folder) })),
    ...secretKinds,
  ]
}

/** What only our own code is searched for: others may call a function of theirs as they like. */
export const forbiddenInOurs: readonly Forbidden[] = [
  {
    what: 'a switch around sign-in',
    pattern: /\b(disable|skip|bypass)_?-?(auth|authentication|sign_?-?in|log_?-?in)(?![a-z])/i,
  },
  {
    what: 'a made-up person',
    pattern: /\b(mock|fake|dummy|stub)_?-?(users?|session|person|identity|user_?-?context|claims)(?![a-z])/i,
  },
  { what: 'an account of AWS', pattern: /arn:aws:[a-z0-9-]*:[a-z0-9-]*:\d{12}\b/ },
]

/** What a browser gets and must not: the way to a source map, and code of the server's, which a page is made by. */
export const forbiddenInPublished: readonly Forbidden[] = [
  {
    what: 'code that reads a secret',
    pattern: /\b(AUTH0_CLIENT_SECRET|USER_CONTEXT_SECRET_ID|AWS_SECRET_ACCESS_KEY)\b/,
  },
  { what: 'the address of a source map', pattern: /[#@] sourceMappingURL=\S+/ },
]

/** @source formats as their issuers document them: AWS IAM identifiers, PEM (RFC 7468), JWT (RFC 7519), Twilio SIDs, npm and GitHub tokens */
const secretKinds: readonly Forbidden[] = [
  { what: 'an access key of AWS', pattern: /\b(AKIA|ASIA)[0-9A-Z]{16}\b/, secret: true },
  {
    what: 'a private key',
    pattern: /-----BEGIN (RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----\s*[A-Za-z0-9+/]{16}/,
    secret: true,
  },
  { what: 'a token', pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16,}/, secret: true },
  { what: 'a key of Twilio', pattern: /\b(SK|AC)[0-9a-f]{32}\b/, secret: true },
  { what: 'a token of a registry', pattern: /\b(npm_[A-Za-z0-9]{36}|gh[pousr]_[A-Za-z0-9]{36})\b/, secret: true },
]

/** Where stages live, as the topology knows it: what is one stage's must come from its environment. */
function stageNames(): readonly string[] {
  const deployed = (['develop', 'staging', 'production'] as const).flatMap((stage) => [
    ...zones.flatMap(({ name }) => {
      const { name: domain, aliases = [] } = stages[stage].domains[name]
      return [domain, ...aliases]
    }),
    new URL(stages[stage].apiBaseUrl).host,
    ...zones.map(({ name }) => assetBucketName(stage, name)),
    ...functionRoles.map((role) => functionName(stage, role)),
  ])
  return [...new Set(deployed)]
}

/** Every forbidden thing in `contents`, the first of its kind in each file. */
export function searchContents(
  contents: Iterable<readonly [file: string, content: Uint8Array]>,
  forbidden: readonly Forbidden[],
): readonly Found[] {
  return [...contents].flatMap(([file, content]) => {
    const text = Buffer.from(content).toString('latin1')
    return forbidden.flatMap(({ what, pattern, secret }) => {
      const found = pattern.exec(text)
      if (found === null) return []
      return [{ file, what, text: secret ? 'not shown' : found[0].slice(0, 80) }]
    })
  })
}

function literal(text: string): RegExp {
  return new RegExp(`(?<![\\w.-])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`)
}
