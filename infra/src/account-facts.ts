import { isStage, type RoutingMode, type Stage, stages } from '@sax/topology'
import { z } from 'zod'

/** Stages that live in an account. The others are a laptop's. */
export type DeployedStage = Exclude<Stage, 'local' | 'rehearsal'>

const hostName = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/
const text = (pattern: RegExp, example: string) => z.string().regex(pattern, `looks like ${example}`)

const existingDatabase = z.strictObject({
  /** Cluster that is there already; nothing of it is changed. */
  clusterArn: text(
    /^arn:aws:rds:[a-z0-9-]+:\d{12}:cluster:[a-z][a-z0-9-]{0,62}$/,
    'arn:aws:rds:us-east-1:111122223333:cluster:name',
  ),
  /** Where the cluster's writer answers; migrations go there themselves. */
  host: text(
    /^[a-z][a-z0-9-]{0,62}\.cluster-[a-z0-9]{1,32}\.[a-z0-9-]+\.rds\.amazonaws\.com$/,
    'name.cluster-abcdefghijkl.us-east-1.rds.amazonaws.com',
  ),
  /** Secret with `username` and `password` of whoever may make tables and roles, as RDS keeps a master user's. */
  adminSecretArn: text(
    /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@!-]{1,512}-[A-Za-z0-9]{6}$/,
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:name-AbCdEf',
  ),
  /** What IAM calls the cluster when it lets somebody in. */
  resourceId: text(/^cluster-[A-Z0-9]{20,40}$/, 'cluster-ABCDEFGHIJKL1234567890MNOP'),
  /** Name of the database inside the cluster. */
  databaseName: text(/^[a-z_][a-z0-9_]{0,62}$/, 'outreach'),
  vpcId: text(/^vpc-[0-9a-f]{8,17}$/, 'vpc-0123456789abcdef0'),
  /** Private subnets in at least two availability zones, with a way to AWS and to the carrier. */
  subnetIds: z.array(text(/^subnet-[0-9a-f]{8,17}$/, 'subnet-0123456789abcdef0')).min(2, 'are at least two'),
  /** Security group of the cluster; it gets one rule that lets the proxy and the migrations in. */
  securityGroupId: text(/^sg-[0-9a-f]{8,17}$/, 'sg-0123456789abcdef0'),
})

const github = z.strictObject({
  /**
   * As GitHub writes it into the subject of its tokens: `owner/name`, and for a repository that was made, renamed or moved
   * after 2026-07-15 `owner@id/name@id`.
   * @source GitHub Docs, "OpenID Connect reference" (Immutable subject claims)
   */
  repository: text(
    /^[A-Za-z0-9-]{1,39}(\/[A-Za-z0-9._-]{1,100}|@\d{1,19}\/[A-Za-z0-9._-]{1,100}@\d{1,19})$/,
    'owner/name, or owner@1234/name@5678 where GitHub puts the ids into its tokens',
  ),
  /** The one branch that may release to the stage. */
  branch: text(/^[A-Za-z0-9._/-]{1,100}$/, 'main'),
  /** An account has one identity provider for GitHub. `create`: this stage makes it; `exists`: somebody has. */
  provider: z.enum(['create', 'exists']),
})

const accountFacts = z.strictObject({
  /** Twelve digits. */
  accountId: text(/^\d{12}$/, '111122223333: twelve digits'),
  /** Route 53's id of the public hosted zone, by the domain it answers for. */
  hostedZones: z
    .record(text(hostName, 'example.com'), text(/^Z[A-Z0-9]{1,31}$/, 'Z0123456789ABC'))
    .refine((zones) => Object.keys(zones).length > 0, 'names no domain'),
  auth0: z.strictObject({
    /** Host name of the tenant, or of its custom domain. */
    domain: text(hostName, 'acme.us.auth0.com'),
    clientId: text(/^[A-Za-z0-9]{16,64}$/, 'the client id of the application, 32 letters and digits'),
  }),
  twilio: z.strictObject({
    accountSid: text(/^AC[0-9a-f]{32}$/, 'AC and 32 hexadecimal digits'),
    messagingServiceSid: text(/^MG[0-9a-f]{32}$/, 'MG and 32 hexadecimal digits'),
  }),
  /** Who is told when an alarm goes off. AWS asks each address to confirm. Whoever leaves unsubscribes by e-mail. */
  alarmEmails: z
    .array(z.email('is an e-mail address'))
    .min(1, 'names nobody')
    .max(10, 'is at most ten addresses')
    .refine(
      (addresses) => new Set(addresses.map((address) => address.toLowerCase())).size === addresses.length,
      'names an address twice',
    ),
  /** US dollars a month; the addresses above are told before they are spent. */
  monthlyBudgetUsd: z.int('is a whole number').min(1, 'is at least 1'),
  /** Absent: nothing is released from GitHub. */
  github: github.optional(),
  /** Absent: the stage gets a cluster of its own. */
  database: existingDatabase.optional(),
  /** How the zone is reached under the host's name. Absent: as the topology has it for the stage. */
  routing: z.enum(['host', 'edge'], 'is host or edge').optional(),
})

/** What a stage needs to know that nothing in the repository can: a person gives it, once. Holds no secret. */
export type AccountFacts = Readonly<z.output<typeof accountFacts>>
export type ExistingDatabase = Readonly<z.output<typeof existingDatabase>>

/** Why facts were refused. `message` names every field that is wrong and what it looks like when it is right. */
export type AccountFactsRefusal = 'not_json' | 'malformed' | 'not_hosted'

export class AccountFactsError extends Error {
  override readonly name = 'AccountFactsError'
  readonly code: AccountFactsRefusal
  constructor(code: AccountFactsRefusal, message: string) {
    super(message)
    this.code = code
  }
}

/** Schemas of the single facts, for whoever asks a person for them one by one. */
export const accountFactFields = accountFacts.shape
export const githubFactFields = github.shape
export const databaseFactFields = existingDatabase.shape

/** The facts that `json` holds, for one stage. Unknown fields are refused. @throws AccountFactsError */
export function parseAccountFacts(json: string): AccountFacts {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new AccountFactsError('not_json', 'the facts are no JSON')
  }
  const parsed = accountFacts.safeParse(value, {
    error: ({ input }) => (input === undefined ? 'is missing' : undefined),
  })
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'facts'}: ${message}`)
  throw new AccountFactsError('malformed', wrong.join('; '))
}

/** Id of the hosted zone that answers for `name`: the one with the longest matching domain. @throws AccountFactsError */
export function hostedZoneOf({ hostedZones }: Pick<AccountFacts, 'hostedZones'>, name: string): string {
  const [closest] = Object.entries(hostedZones)
    .filter(([domain]) => name === domain || name.endsWith(`.${domain}`))
    .sort(([a], [b]) => b.length - a.length)
  if (closest === undefined)
    throw new AccountFactsError('not_hosted', `no hosted zone is given that answers for ${name}`)
  return closest[1]
}

/** The routing that a stage is to have: what its facts say, else what the topology does. */
export function routingOf(stage: DeployedStage, { routing }: Pick<AccountFacts, 'routing'>): RoutingMode {
  return routing ?? stages[stage].routing
}

/** True for a stage that lives in an account. */
export function isDeployedStage(stage: string): stage is DeployedStage {
  return isStage(stage) && stage !== 'local' && stage !== 'rehearsal'
}
