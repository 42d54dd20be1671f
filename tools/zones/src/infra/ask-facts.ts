import {
  type AccountFacts,
  accountFactFields,
  type DeployedStage,
  databaseFactFields,
  type ExistingDatabase,
  githubFactFields,
  hostedZoneOf,
} from '@sax/infra/account-facts'
import { stages } from '@sax/topology'
import type { z } from 'zod'

/** How a person is asked. Every method is broken off by an error when the person has had enough. */
export interface Asker {
  /** An answer that `wrong` has nothing to say against; it is asked for again until there is one. */
  text(question: {
    readonly message: string
    readonly initial: string | undefined
    readonly wrong: (answer: string) => string | undefined
  }): Promise<string>
  yes(question: { readonly message: string; readonly initial: boolean }): Promise<boolean>
}

/** What the account can tell by itself; undefined where nobody is signed in. */
export interface Detected {
  readonly accountId: string | undefined
  /** Ids of public hosted zones by their domain. */
  readonly hostedZones: Readonly<Record<string, string>>
}

/** Offered, not decided: about a third above what `zones infra cost` estimates. */
const BUDGETS: Readonly<Record<DeployedStage, number>> = { develop: 300, staging: 300, production: 1200 }

/**
 * Asks for everything a stage needs to know that nothing in the repository can. What is known already, or what the
 * account tells, is offered as the answer.
 */
export async function askFacts(
  stage: DeployedStage,
  known: AccountFacts | undefined,
  detected: Detected,
  { text, yes }: Asker,
): Promise<AccountFacts> {
  const field = (message: string, schema: z.ZodType, initial: string | undefined) =>
    text({ message, initial, wrong: (answer) => complaint(schema, answer.trim()) }).then((answer) => answer.trim())
  const fields = accountFactFields
  const accountId = await field('AWS account', fields.accountId, known?.accountId ?? detected.accountId)
  const hostedZones = await askHostedZones(stage, known, detected, field)
  const auth0 = {
    domain: await field('Auth0 tenant (host name)', fields.auth0.shape.domain, known?.auth0.domain),
    clientId: await field('Auth0 client id', fields.auth0.shape.clientId, known?.auth0.clientId),
  }
  const twilio = {
    accountSid: await field('Twilio account (AC…)', fields.twilio.shape.accountSid, known?.twilio.accountSid),
    messagingServiceSid: await field(
      'Twilio messaging service (MG…)',
      fields.twilio.shape.messagingServiceSid,
      known?.twilio.messagingServiceSid,
    ),
  }
  const alarmEmails = await askAddresses(known, text)
  const budget = await text({
    message: 'Budget a month, in US dollars',
    initial: String(known?.monthlyBudgetUsd ?? BUDGETS[stage]),
    wrong: (answer) => complaint(fields.monthlyBudgetUsd, Number(answer.trim() || Number.NaN)),
  })
  const facts = { accountId, hostedZones, auth0, twilio, alarmEmails, monthlyBudgetUsd: Number(budget) }
  const github = (await yes({ message: 'Release from GitHub?', initial: known?.github !== undefined }))
    ? { github: await askGitHub(known?.github, field) }
    : {}
  const database = (await yes({
    message: 'Use a database cluster that exists already?',
    initial: known?.database !== undefined,
  }))
    ? { database: await askDatabase(known?.database, field) }
    : {}
  // Chosen in the file itself; to be asked again must not undo it.
  const routing = known?.routing === undefined ? {} : { routing: known.routing }
  return { ...facts, ...github, ...database, ...routing }
}

type Field = (message: string, schema: z.ZodType, initial: string | undefined) => Promise<string>

/** Asks for hosted zones until every name of the stage has one. */
async function askHostedZones(
  stage: DeployedStage,
  known: AccountFacts | undefined,
  detected: Detected,
  field: Field,
): Promise<AccountFacts['hostedZones']> {
  const zones: Record<string, string> = {}
  const { keyType, valueType } = accountFactFields.hostedZones.def
  for (const name of publicNames(stage)) {
    if (isHosted(zones, name)) continue
    const offered = [...Object.keys(known?.hostedZones ?? {}), ...Object.keys(detected.hostedZones)].find((domain) =>
      isHosted({ [domain]: '' }, name),
    )
    const domain = await field(
      `Domain whose hosted zone answers for ${name}`,
      keyType.refine((answer) => isHosted({ [answer]: '' }, name), `does not contain ${name}`),
      offered ?? name.split('.').slice(-2).join('.'),
    )
    zones[domain] = await field(
      `Route 53's id of the hosted zone ${domain} (Z…)`,
      valueType,
      known?.hostedZones[domain] ?? detected.hostedZones[domain],
    )
  }
  return zones
}

async function askAddresses(
  known: AccountFacts | undefined,
  text: Asker['text'],
): Promise<AccountFacts['alarmEmails']> {
  const answered = await text({
    message: 'E-mail addresses for alarms, with commas between them',
    initial: known?.alarmEmails.join(', '),
    wrong: (answer) => complaint(accountFactFields.alarmEmails, addressesIn(answer)),
  })
  return addressesIn(answered)
}

function addressesIn(answer: string): string[] {
  return answer.split(/[\s,]+/).filter((address) => address !== '')
}

async function askGitHub(known: AccountFacts['github'], field: Field): Promise<NonNullable<AccountFacts['github']>> {
  const { repository, branch, provider } = githubFactFields
  return {
    repository: await field('GitHub repository (owner/name)', repository, known?.repository),
    branch: await field('Branch that may release', branch, known?.branch ?? 'main'),
    provider: provider.parse(
      await field(
        'Does the account trust GitHub already? (create: not yet; exists: it does)',
        provider,
        known?.provider ?? 'create',
      ),
    ),
  }
}

async function askDatabase(known: ExistingDatabase | undefined, field: Field): Promise<ExistingDatabase> {
  const { clusterArn, host, adminSecretArn, resourceId, databaseName, vpcId, subnetIds, securityGroupId } =
    databaseFactFields
  const ids = subnetIds.element
  return {
    clusterArn: await field('ARN of the cluster', clusterArn, known?.clusterArn),
    host: await field('Its writer endpoint (host name)', host, known?.host),
    adminSecretArn: await field('ARN of the secret of its administrator', adminSecretArn, known?.adminSecretArn),
    resourceId: await field('Its resource id (cluster-…)', resourceId, known?.resourceId),
    databaseName: await field('Name of the database in it', databaseName, known?.databaseName),
    vpcId: await field('VPC it lies in (vpc-…)', vpcId, known?.vpcId),
    subnetIds: [
      await field('First private subnet (subnet-…)', ids, known?.subnetIds[0]),
      await field('Second one, in another availability zone', ids, known?.subnetIds[1]),
    ],
    securityGroupId: await field('Security group of the cluster (sg-…)', securityGroupId, known?.securityGroupId),
  }
}

/** Every name of a stage that needs a hosted zone. */
export function publicNames(stage: DeployedStage): readonly string[] {
  const { domains, apiBaseUrl } = stages[stage]
  const api = new URL(apiBaseUrl).hostname
  return [
    ...Object.values(domains).flatMap(({ name, aliases }) => [name, ...aliases]),
    ...(api.endsWith('.amazonaws.com') ? [] : [api]),
  ]
}

function isHosted(hostedZones: Readonly<Record<string, string>>, name: string): boolean {
  try {
    hostedZoneOf({ hostedZones }, name)
    return true
  } catch {
    return false
  }
}

function complaint(schema: z.ZodType, value: unknown): string | undefined {
  const parsed = schema.safeParse(value)
  return parsed.success ? undefined : parsed.error.issues.map(({ message }) => message).join('; ')
}
