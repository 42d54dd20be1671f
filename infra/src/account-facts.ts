import { isStage, type Stage } from '@sax/topology'

/** Stages that live in an account. The others are a laptop's. */
export type DeployedStage = Exclude<Stage, 'local' | 'rehearsal'>

/** What a stage needs to know that nothing in the repository can: a person gives it, once. Holds no secret. */
export interface AccountFacts {
  /** Twelve digits. */
  readonly accountId: string
  /** Route 53's id of the public hosted zone, by the domain it answers for. */
  readonly hostedZones: Readonly<Record<string, string>>
}

export type StageAccounts = Readonly<Partial<Record<DeployedStage, AccountFacts>>>

/** Why facts were refused. `message` says which stage and which field. */
export type AccountFactsRefusal =
  | 'not_json'
  | 'unknown_stage'
  | 'no_stage'
  | 'bad_account'
  | 'bad_hosted_zone'
  | 'not_hosted'

export class AccountFactsError extends Error {
  override readonly name = 'AccountFactsError'
  readonly code: AccountFactsRefusal
  constructor(code: AccountFactsRefusal, message: string) {
    super(message)
    this.code = code
  }
}

/** Facts of each stage that `text`, a JSON object by stage, names. @throws AccountFactsError */
export function parseAccountFacts(text: string): StageAccounts {
  const entries = Object.entries(objectIn(text))
  if (entries.length === 0) throw new AccountFactsError('no_stage', 'the facts name no stage')
  return Object.fromEntries(
    entries.map(([stage, facts]) => {
      if (!isDeployed(stage)) {
        throw new AccountFactsError('unknown_stage', `"${stage}" is no stage that lives in an account`)
      }
      return [stage, factsOf(stage, facts)]
    }),
  )
}

/** Id of the hosted zone that answers for `name`: the one with the longest matching domain. @throws AccountFactsError */
export function hostedZoneOf({ hostedZones }: AccountFacts, name: string): string {
  const [closest] = Object.entries(hostedZones)
    .filter(([domain]) => name === domain || name.endsWith(`.${domain}`))
    .sort(([a], [b]) => b.length - a.length)
  if (closest === undefined)
    throw new AccountFactsError('not_hosted', `no hosted zone is given that answers for ${name}`)
  return closest[1]
}

function factsOf(stage: DeployedStage, value: unknown): AccountFacts {
  const { accountId, hostedZones } = isObject(value) ? value : {}
  if (typeof accountId !== 'string' || !/^\d{12}$/.test(accountId)) {
    throw new AccountFactsError('bad_account', `${stage}: accountId is not twelve digits`)
  }
  if (!isObject(hostedZones)) {
    throw new AccountFactsError('bad_hosted_zone', `${stage}: hostedZones is not an object of ids by domain`)
  }
  return {
    accountId,
    hostedZones: Object.fromEntries(
      Object.entries(hostedZones).map(([domain, id]) => {
        if (typeof id === 'string' && /^Z[A-Z0-9]{1,31}$/.test(id)) return [domain, id]
        throw new AccountFactsError(
          'bad_hosted_zone',
          `${stage}: the hosted zone of ${domain} has no id such as Z0123456789ABC`,
        )
      }),
    ),
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AccountFactsError('not_json', 'the facts are no JSON')
  }
  if (!isObject(value)) throw new AccountFactsError('not_json', 'the facts are no JSON object')
  return value
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isDeployed(stage: string): stage is DeployedStage {
  return isStage(stage) && stage !== 'local' && stage !== 'rehearsal'
}
