import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Cloud, startCloud } from '@sax/cloud'
import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import { apiName } from '@sax/infra/names'
import type { Carrier } from '@sax/local/carrier'
import { claimDataDir } from '@sax/local/data-dir'
import { createLogger, errorFields, type Logger } from '@sax/logging'
import { CARRIER_API, type RoutingMode, stages } from '@sax/topology'
import { openCarrier } from './carrier.ts'
import { type Closing, createClosing } from './closing.ts'
import { programEnvironment } from './env.ts'
import { factsOfEmptyAccount, withRouting } from './facts.ts'
import { keptSecrets } from './kept-secrets.ts'
import { makeStage } from './make-stage.ts'
import { openPlaces } from './open-places.ts'
import { progressTo } from './progress.ts'
import type { StageDatabase } from './stage-database.ts'
import { startDatabase } from './start-database.ts'
import { keptAuthority } from './tls/certificate-authority.ts'
import { fetchThrough } from './tls/fetch-through.ts'
import { type Destination, startTlsWorld } from './tls/tls-world.ts'

export interface RehearsalOptions {
  readonly stage: DeployedStage
  /** For the database, the authority, facts and logs. Two rehearsals cannot share one. */
  readonly dataFolder: string
  /** Default: the invented ones of the repository, for an empty account. */
  readonly facts?: AccountFacts
  /** In place of what the facts say, and said by them: as a person changes it. Default: the stage's own. */
  readonly routing?: RoutingMode | undefined
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
  readonly urls: {
    readonly host: string
    readonly outreach: string
    readonly identityProvider: string
    readonly phones: string
  }
  /** The cloud itself: to look at its calls, and to break something. */
  readonly cloud: Cloud
  /** What stands for the carrier: patients write through it. */
  readonly carrier: Carrier
  /** Leaves no process and no port. */
  readonly close: () => Promise<void>
}

/**
 * Starts a stage with everything it stands on: database, cloud with its functions, identity provider, the front door
 * and the names of all of them; then makes its infrastructure by the commands that make the real one. Its functions are
 * what the infrastructure put there until a release is made. The cloud begins empty each time, the database does not.
 * @throws DataDirInUseError; ZonesCommandError; Error in the words of what did not start. Nothing is left running.
 */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const closing = createClosing()
  try {
    return await startAll(options, closing)
  } catch (error) {
    // What went wrong first says more than what could not be ended after it.
    await closing.close().catch(() => undefined)
    throw error
  }
}

async function startAll(options: RehearsalOptions, closing: Closing): Promise<Rehearsal> {
  const { stage, say = () => undefined, signal = new AbortController().signal } = options
  const facts = withRouting(options.facts ?? factsOfEmptyAccount(stage), options.routing)
  const { region, domains, scheme, apiBaseUrl } = stages[stage]
  const { step } = progressTo(say, () => performance.now())
  const dataDir = resolve(options.dataFolder)
  closing.add(claimDataDir(dataDir))
  const logTo = logsIn(dataDir, closing)
  const log = logTo('rehearsal')
  const secrets = keptSecrets(dataDir)
  const authority = await keptAuthority(dataDir, Date.now)

  // What is started first has to lead to what is started, or made, later.
  let cloud: Cloud | undefined
  let database: StageDatabase | undefined
  let whereTo: (name: string) => Promise<Destination | undefined> = async () => undefined

  const { endpoints, administration, close } = await step('Database', () =>
    startDatabase({
      ...{ dataDir, authority, region, password: secrets.databasePassword },
      newNonce: () => randomBytes(24).toString('base64url'),
      endpointOf: async (name) => database?.endpoints.find(({ host }) => host === name),
      keys: { nowMs: Date.now, keyOf: (id) => cloud?.functions?.credentialsOf(id) },
      log: (line) => log.info(line),
    }),
  )
  closing.add(close)
  const world = await startTlsWorld({
    ...{ authority, whereTo: (name: string) => whereTo(name) },
    onError: (error) => log.error('a name cannot be looked up', errorFields(error)),
  })
  closing.add(world.close)
  const network = () => ({
    ...{ tlsPort: world.port, caFile: authority.file },
    postgres: (database?.endpoints ?? []).map(({ host }) => ({ host, port: endpoints.port })),
  })
  const hostedZones = Object.entries(facts.hostedZones).map(([domain, id]) => ({ domain, id }))
  cloud = await step('Cloud', () =>
    startCloud({ ...{ accountId: facts.accountId, hostedZones, apiIds: apiIdsOf(stage) }, functions: { network } }),
  )
  closing.add(cloud.stop)
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = cloud.env
  const aws = { endpoint: cloud.endpoint, region, credentials: { accessKeyId, secretAccessKey } }
  const urls = {
    host: `${scheme}://${domains.sleepconnect.name}`,
    outreach: `${scheme}://${domains.outreach.name}`,
    identityProvider: `https://${facts.auth0.domain}`,
  }
  const { clientSecret, carrierToken, databasePassword } = secrets
  const connectTo = `127.0.0.1:${world.port}`
  const outside = fetchThrough({ host: '127.0.0.1', port: world.port, ca: authority.pem })
  closing.add(async () => outside.close())
  const { carrier, server, phonesUrl, ...opened } = await openCarrier({
    ...{ name: CARRIER_API, accountSid: facts.twilio.accountSid, authToken: carrierToken },
    ...{ webhookBaseUrl: apiBaseUrl, fetch: outside.fetch, log: logTo('carrier') },
  })
  closing.add(async () => opened.close())
  whereTo = await openPlaces({
    ...{ stage, facts, cloud, aws, dataDir, clientSecret, hostUrl: urls.host, logTo, closing },
    carrier: { name: CARRIER_API, server },
  })
  // Once more, and before everything else: what nobody listens to any more ends by itself.
  closing.add(world.close)

  const accountsRoot = join(dataDir, 'accounts')
  const env = {
    ...{ ...programEnvironment(), ...cloud.env, NO_COLOR: '1', SAX_ACCOUNTS_ROOT: accountsRoot, SAX_POLL_MS: '50' },
    ...{ SAX_CONNECT_TO: connectTo, SAX_TRUST_CA: authority.file },
  }
  database = await step(`Infrastructure of ${stage}`, () =>
    makeStage({
      ...{ stage, facts, env, accountsRoot, clientSecret, carrierToken, say, signal },
      ...{ aws, administration, databasePassword },
    }),
  )
  return {
    ...{ stage, facts, env, connectTo, trustCa: authority.file, urls: { ...urls, phones: phonesUrl }, cloud, carrier },
    close: closing.close,
    chromiumArguments: chromiumArguments(connectTo, authority.pem),
  }
}

/** The documented id of the stage's API, where AWS gives it one, leads to the API that is made here. */
function apiIdsOf(stage: DeployedStage): Readonly<Record<string, string>> {
  const { hostname } = new URL(stages[stage].apiBaseUrl)
  const [id = ''] = hostname.split('.')
  return hostname.endsWith('.amazonaws.com') ? { [id]: apiName(stage) } : {}
}

/** One file for each part. */
function logsIn(dataDir: string, closing: Closing): (service: string) => Logger {
  const folder = join(dataDir, 'logs')
  mkdirSync(folder, { recursive: true })
  return (service) => {
    const destination = createWriteStream(join(folder, `${service}.log`), { flags: 'a' })
    closing.add(() => new Promise<void>((done) => destination.end(() => done())))
    return createLogger({ service, destination })
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
