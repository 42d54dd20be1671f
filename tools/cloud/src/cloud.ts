import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import { answering } from './answering.ts'
import { startDnsServer } from './dns/dns-server.ts'
import { processEnvironment } from './env.ts'
import { startFrontListener } from './front/front-listener.ts'
import { httpApiLookup } from './front/http-api-lookup.ts'
import type { Invoked } from './lambda/function-runner.ts'
import { startOwnCallers } from './lambda/own-callers.ts'
import { type LivingSandbox, type RunningOptions, startRunning } from './lambda/running-functions.ts'
import type { RoleCredentials } from './lambda/sandbox/variables.ts'
import type { SigningKey } from './lambda/url-signing.ts'
import { forwarder } from './moto/forward.ts'
import { motoClients } from './moto/moto-clients.ts'
import { startMoto } from './moto/moto-process.ts'
import { turnsAtMoto } from './moto/turns.ts'
import { AccountKeys, accessKeyOf, expiredKeyOf } from './server/account-keys.ts'
import { answerCall } from './server/answer-call.ts'
import type { Call } from './server/calls.ts'
import { type Doorkeeper, Doorkeepers } from './server/doorkeeper.ts'
import { type Fault, Faults } from './server/faults.ts'
import { close, serve } from './server/server.ts'
import { type Beginning, type GivenZone, newWorld, type World } from './world.ts'

export interface CloudOptions {
  /** Twelve digits: the account that `env` speaks for. */
  readonly accountId: string
  readonly hostedZones?: readonly GivenZone[]
  /** Concurrent executions of functions that each account may have. Default 1000. */
  readonly concurrencyLimit?: number
  /** So many looks show a change set, a distribution or an invalidation unfinished, for clients that are to prove that they wait. Default 0. */
  readonly pendingLooks?: number
  /** So long each resource of a stack takes, in milliseconds, for those who watch. Default 0. */
  readonly resourcePauseMs?: number
  /**
   * Ids under which the HTTP API of a name answers as well. AWS gives an id that is written down afterwards; here it is
   * another each time, and what was written down has to lead somewhere. Default: none.
   */
  readonly apiIds?: Readonly<Record<string, string>>
  /** Runs functions, and serves their URLs and the HTTP APIs. Default: nothing is run. */
  readonly functions?: RunningOptions
}

/** Functions that are run, as those see them who stand around. */
export interface CloudFunctions {
  /** `127.0.0.1:<port>`: plain HTTP for function URLs, `*.execute-api.*.amazonaws.com` and custom domains, told apart by Host. */
  readonly address: string
  /** What the front door signs with as `cloudfront.amazonaws.com`: see lambda/url-signing.ts. */
  readonly frontDoor: SigningKey
  /** Those alive, in the order of their starts. */
  readonly sandboxes: () => readonly LivingSandbox[]
  /** The last thousand that are over, oldest first. */
  readonly invocations: () => readonly Invoked[]
  /** The credentials of a sandbox's role, for whoever has to verify what was signed with them; undefined: nobody's key. */
  readonly credentialsOf: (accessKeyId: string) => RoleCredentials | undefined
  /** Settles when everything that functions printed is in CloudWatch Logs. */
  readonly flushLogs: () => Promise<void>
  /** Ends sandboxes of a function that wait for an invocation, as Lambda does whenever it likes: the next invocation starts one anew. */
  readonly endIdle: (functionName: string) => Promise<void>
}

/** The laptop's AWS, running. */
export interface Cloud {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string
  /** For child processes: the endpoint, credentials of the account, the region, the DNS server, and nothing of this machine's AWS settings. */
  readonly env: Readonly<Record<string, string>>
  /** `127.0.0.1:<port>` of a DNS server that knows the delegated hosted zones. */
  readonly dnsServer: string
  /** Undefined: functions are not run. */
  readonly functions: CloudFunctions | undefined
  /** The same as `env` for another account, or with a session that is over. */
  readonly envOf: (who: { readonly accountId?: string; readonly expired?: boolean }) => Readonly<Record<string, string>>
  /** @throws Error when no zone has that name */
  readonly hostedZone: (domain: string) => { readonly id: string; readonly nameServers: readonly string[] }
  /** Says whether the world is sent to the zones of that name. */
  readonly delegate: (domain: string, delegated: boolean) => void
  /** Every call that arrived, oldest first. */
  readonly calls: () => readonly Call[]
  /** Makes something go wrong; the returned function takes it away again. */
  readonly inject: (fault: Fault) => () => void
  /** Has every call wait for somebody, before it is carried out and after; the returned function sends them away. */
  readonly attend: (doorkeeper: Doorkeeper) => () => void
  /** Settles when every call that has begun to arrive has been answered or cut: also those of a process that is dead. */
  readonly quiet: () => Promise<void>
  /** Back to the start: nothing is there but the given zones, no fault is in force, nobody stands at the door, no call is remembered. */
  readonly reset: () => Promise<void>
  /** Leaves no process and no port. */
  readonly stop: () => Promise<void>
}

/** Starts the laptop's AWS on free ports of loopback. @throws Error when moto_server is not there or does not start */
export async function startCloud({
  accountId,
  hostedZones = [],
  concurrencyLimit = 1000,
  pendingLooks = 0,
  resourcePauseMs = 0,
  apiIds = {},
  functions: running,
}: CloudOptions): Promise<Cloud> {
  const beginning: Beginning = { accountId, hostedZones, concurrencyLimit, pendingLooks }
  const keys = new AccountKeys()
  const faults = new Faults()
  const doorkeepers = new Doorkeepers()
  let calls: Call[] = []
  const moto = await startMoto(processEnvironment())
  const turns = turnsAtMoto()
  const { clients, close: closeClients } = motoClients(moto.port, turns)
  let world = newWorld(beginning)
  let answerers: ReturnType<typeof answering> | undefined
  const passing = forwarder(moto.port, turns)
  const { server, quiet } = await serve((request) => {
    // Nobody knows the port before there is somebody to answer.
    if (answerers === undefined) return Promise.resolve('cut')
    return answerCall(
      {
        ...{ ...answerers, keys, faults, doorkeepers, forwarder: passing },
        ...{ record: (call: Call) => calls.push(call), motoDeath: moto.death },
      },
      request,
    )
  })
  const dns = await startDnsServer(() => world.zones)
  const endpoint = `http://${addressOf(server)}`
  const functions =
    running === undefined
      ? undefined
      : await runFunctions(running, { clients, keys, endpoint, accountId, apiIds, world: () => world })
  const leaning = {
    ...{ keys, clients, faults, pendingLooks, resourcePauseMs },
    ...(functions === undefined ? {} : { runner: functions.runner }),
  }
  answerers = answering(world, leaning)
  const envOf: Cloud['envOf'] = ({ accountId: other = accountId, expired = false }) => ({
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: expired ? expiredKeyOf(other) : accessKeyOf(other),
    AWS_SECRET_ACCESS_KEY: 'laptop',
    ...(expired ? { AWS_SESSION_TOKEN: 'over' } : {}),
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    // Neither this machine's profiles nor its instance metadata are looked at.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    SAX_DNS_SERVER: dns.address,
  })
  return {
    endpoint,
    env: envOf({}),
    dnsServer: dns.address,
    functions: functions?.seen,
    envOf,
    hostedZone: (domain) => {
      const zone = world.zones.all().find(({ name }) => name === `${domain}.`)
      if (zone === undefined) throw new Error(`there is no hosted zone ${domain}; give it to startCloud`)
      return { id: zone.id, nameServers: zone.nameServers }
    },
    delegate: (domain, delegated) => world.zones.delegate(domain, delegated),
    calls: () => [...calls],
    inject: (fault) => faults.inject(fault),
    attend: (doorkeeper) => doorkeepers.add(doorkeeper),
    quiet,
    reset: async () => {
      faults.clear()
      doorkeepers.clear()
      await functions?.reset()
      keys.clear()
      await giveUp(world)
      calls = []
      await moto.reset()
      world = newWorld(beginning)
      answerers = answering(world, leaning)
    },
    stop: async () => {
      faults.clear()
      await giveUp(world)
      await functions?.close()
      await Promise.all([close(server), dns.close()])
      passing.close()
      closeClients()
      await moto.stop()
    },
  }
}

/** Everything in one region. */
const REGION = 'us-east-1'

interface AroundFunctions {
  readonly clients: ReturnType<typeof motoClients>['clients']
  readonly keys: AccountKeys
  readonly endpoint: string
  readonly accountId: string
  readonly apiIds: Readonly<Record<string, string>>
  readonly world: () => World
}

/** Runs functions, and the listener that leads to them. */
async function runFunctions(options: RunningOptions, around: AroundFunctions) {
  const { clients, accountId, apiIds, world } = around
  const frontDoor = { accessKeyId: 'CLOUDFRONT', secretAccessKey: randomBytes(20).toString('hex') }
  const { runner, sandboxes, invocations, credentialsOf, flushLogs, endIdle, ...running } = startRunning(options, {
    ...around,
    region: REGION,
  })
  const callers = startOwnCallers({
    ...{ world, clients, runner, accountId, region: REGION },
    nowMs: () => performance.now(),
  })
  const listener = await startFrontListener({
    ...{ runner, frontDoor, accountId, region: REGION, state: () => world().lambda },
    lookup: httpApiLookup(() => clients(accountId, REGION).apiGateway, apiIds),
  })
  const seen: CloudFunctions = {
    ...{ address: addressOf(listener), frontDoor, sandboxes, invocations, credentialsOf, flushLogs, endIdle },
  }
  return {
    ...{ runner, seen, reset: running.reset },
    close: async () => {
      await close(listener)
      // What they wait for ends with the sandboxes.
      await Promise.all([callers.stop(), running.close()])
    },
  }
}

function addressOf(server: Server): string {
  const address = server.address()
  return `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
}

/** Gives up what stacks are doing, and waits until they have. */
async function giveUp({ ending, stacks }: World): Promise<void> {
  ending.abort(new Error('the cloud starts over'))
  await Promise.all(stacks.all().map(({ work }) => work))
}
