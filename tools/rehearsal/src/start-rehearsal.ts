import { createHash, randomBytes, randomUUID, X509Certificate } from 'node:crypto'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { type Cloud, startCloud } from '@sax/cloud'
import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import { claimDataDir } from '@sax/local/data-dir'
import { createLogger, errorFields } from '@sax/logging'
import { stages } from '@sax/topology'
import { applyStage } from './apply-stage.ts'
import { programEnvironment } from './env.ts'
import { factsOfEmptyAccount } from './facts.ts'
import { openFrontDoor } from './front-door.ts'
import { identityServer } from './identity.ts'
import { keptSecrets } from './kept-secrets.ts'
import { accountNames } from './names/name-facts.ts'
import { placeOf } from './names/places.ts'
import { remembered } from './names/remembered.ts'
import { progressTo } from './progress.ts'
import { putMasterSecret, type StageDatabase, stageDatabase } from './stage-database.ts'
import { startDatabase } from './start-database.ts'
import { keptAuthority } from './tls/certificate-authority.ts'
import { toPort, toServer } from './tls/destinations.ts'
import { startTlsWorld } from './tls/tls-world.ts'

export interface RehearsalOptions {
  readonly stage: DeployedStage
  /** For the database, the authority, facts and logs. Two rehearsals cannot share one. */
  readonly dataFolder: string
  /** Default: the invented ones of the repository, for an empty account. */
  readonly facts?: AccountFacts
  /** Gets what is being done, line by line. Default: nobody does. */
  readonly say?: (line: string) => void
  /** Ends a start that takes too long; what was begun is ended. */
  readonly signal?: AbortSignal
}

/** A stage on this computer, under its own names. */
export interface Rehearsal {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  /** For commands of this repository: the cloud, the way to the stage's names, where its facts lie, where programs are. */
  readonly env: Readonly<Record<string, string>>
  /** `127.0.0.1:<port>` of the one listener that stands for every name. */
  readonly connectTo: string
  /** File with the certificate (PEM) that has to be trusted there. */
  readonly trustCa: string
  /** For a browser that is to find the stage. */
  readonly chromiumArguments: readonly string[]
  /** Without a slash at the end. */
  readonly urls: { readonly host: string; readonly outreach: string; readonly identityProvider: string }
  /** The cloud itself: to look at its calls, and to break something. */
  readonly cloud: Cloud
  /** Leaves no process and no port. */
  readonly close: () => Promise<void>
}

/** The whole database is the stage's; its administrator has RDS's usual name. */
const ADMINISTRATOR = 'postgres'
const NAMES_AGE_MS = 1000

/**
 * Starts a stage with everything it stands on: database, cloud with its functions, identity provider, the front door
 * and the names of all of them; then makes its infrastructure by the commands that make the real one. Its functions are
 * what the infrastructure put there until a release is made. The cloud begins empty each time, the database does not.
 * @throws DataDirInUseError; ZonesCommandError; Error in the words of what did not start. Nothing is left running.
 */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const { stage, say = () => undefined, signal = new AbortController().signal } = options
  const dataDir = resolve(options.dataFolder)
  const facts = options.facts ?? factsOfEmptyAccount(stage)
  const { step } = progressTo(say, () => performance.now())
  const { accountId } = facts
  const { region, domains, scheme } = stages[stage]
  const urlOf = (zone: keyof typeof domains) => `${scheme}://${domains[zone].name}`
  const newNonce = () => randomBytes(24).toString('base64url')
  const closing: (() => unknown)[] = [claimDataDir(dataDir)]
  const close = async (): Promise<void> => {
    for (const one of closing.splice(0).reverse()) await one()
  }
  try {
    mkdirSync(join(dataDir, 'logs'), { recursive: true })
    const logTo = (service: string) => {
      const destination = createWriteStream(join(dataDir, 'logs', `${service}.log`), { flags: 'a' })
      closing.push(() => new Promise((done) => destination.end(() => done(undefined))))
      return createLogger({ service, destination })
    }
    const log = logTo('rehearsal')
    const secrets = keptSecrets(dataDir)
    const authority = await keptAuthority(dataDir, Date.now)
    let cloud: Cloud | undefined
    let database: StageDatabase | undefined
    const running = await step('Database', () =>
      startDatabase({
        ...{ dataDir, authority, region, newNonce, password: secrets.databasePassword },
        endpointOf: async (name) => database?.endpoints.find(({ host }) => host === name),
        keys: { nowMs: Date.now, keyOf: (id) => cloud?.functions?.credentialsOf(id) },
        log: (line) => log.info(line),
      }),
    )
    closing.push(running.close)

    let placeOfName: (name: string) => ReturnType<typeof placeOf> = async () => undefined
    const destinations = new Map<string, ReturnType<typeof toPort>>()
    const world = await startTlsWorld({
      authority,
      whereTo: async (name) => {
        const place = await placeOfName(name)
        return place && destinations.get(place)
      },
      onError: (error) => log.error('a name cannot be looked up', errorFields(error)),
    })
    closing.push(world.close)
    const connectTo = `127.0.0.1:${world.port}`

    const started = await step('Cloud', () =>
      startCloud({
        accountId,
        hostedZones: Object.entries(facts.hostedZones).map(([domain, id]) => ({ domain, id })),
        functions: {
          network: () => ({
            ...{ tlsPort: world.port, caFile: authority.file },
            postgres: (database?.endpoints ?? []).map(({ host }) => ({ host, port: running.endpoints.port })),
          }),
        },
      }),
    )
    cloud = started
    closing.push(started.stop)
    const { functions } = started
    if (functions === undefined) throw new Error('the cloud runs no functions')
    const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = started.env
    const aws = { endpoint: started.endpoint, region, credentials: { accessKeyId, secretAccessKey } }
    // A call counts when it was answered: what it changes is there by then.
    const changes = () => started.calls().filter((call) => call.changes && call.status !== 0).length

    const door = openFrontDoor({
      ...{ aws, accountId, changes, log: logTo('front-door'), newId: randomUUID, nowMs: Date.now },
      functions: { url: new URL(`http://${functions.address}`), key: functions.frontDoor },
    })
    closing.push(door.close)
    const identity = await identityServer({
      ...{ domain: facts.auth0.domain, clientId: facts.auth0.clientId, clientSecret: secrets.clientSecret },
      ...{ appBaseUrl: urlOf('sleepconnect'), dataDir, log: logTo('identity-provider'), nowMs: Date.now },
    })
    closing.push(() => identity.closeAllConnections())
    destinations.set('front-door', toServer(door.server))
    destinations.set('identity-provider', toServer(identity))
    destinations.set('functions', toPort(Number(new URL(`http://${functions.address}`).port)))
    const names = accountNames(aws, started.dnsServer)
    closing.push(names.close)
    placeOfName = remembered(
      (name) =>
        placeOf(name, { ...names, region, identityProvider: facts.auth0.domain, distributions: door.distributions }),
      { changes, nowMs: Date.now, maxAgeMs: NAMES_AGE_MS },
    )

    const accountsRoot = join(dataDir, 'accounts')
    const env = {
      ...{ ...programEnvironment(), ...started.env, NO_COLOR: '1' },
      ...{
        SAX_ACCOUNTS_ROOT: accountsRoot,
        SAX_POLL_MS: '50',
        SAX_CONNECT_TO: connectTo,
        SAX_TRUST_CA: authority.file,
      },
    }
    await step(`Infrastructure of ${stage}`, () =>
      applyStage({
        ...{ stage, facts, env, accountsRoot, say, signal },
        ...{ clientSecret: secrets.clientSecret, carrierToken: secrets.carrierToken },
      }),
    )
    database = await connectDatabase()
    const { databaseName, adminSecretArn } = database
    await running.administration.createDatabase(databaseName)
    const secretsManager = new SecretsManagerClient(aws)
    const master = { username: ADMINISTRATOR, password: secrets.databasePassword }
    await putMasterSecret(secretsManager, adminSecretArn, master).finally(() => secretsManager.destroy())

    return {
      ...{ stage, facts, env, connectTo, trustCa: authority.file, cloud: started, close },
      chromiumArguments: chromiumArguments(connectTo, authority.pem),
      urls: {
        ...{ host: urlOf('sleepconnect'), outreach: urlOf('outreach') },
        identityProvider: `https://${facts.auth0.domain}`,
      },
    }

    async function connectDatabase(): Promise<StageDatabase> {
      const lambda = new LambdaClient(aws)
      return stageDatabase(lambda, stage).finally(() => lambda.destroy())
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** @source Chromium, content/public/common/content_switches.cc (host-resolver-rules, ignore-certificate-errors-spki-list) */
function chromiumArguments(connectTo: string, authorityPem: string): readonly string[] {
  const key = new X509Certificate(authorityPem).publicKey.export({ type: 'spki', format: 'der' })
  return [
    `--host-resolver-rules=MAP * ${connectTo}`,
    `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`,
  ]
}
