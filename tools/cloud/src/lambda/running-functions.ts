import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MotoClients } from '../moto/moto-clients.ts'
import type { AccountKeys } from '../server/account-keys.ts'
import { FunctionRunner, type Invoked } from './function-runner.ts'
import { cpuShares } from './sandbox/cpu-share.ts'
import { logDelivery } from './sandbox/log-delivery.ts'
import { type SandboxNetwork, SandboxPool } from './sandbox/sandbox-pool.ts'
import { startUndertaker } from './sandbox/undertaker.ts'
import { unpackedCode } from './sandbox/unpacked-code.ts'
import type { RoleCredentials } from './sandbox/variables.ts'

export interface RunningOptions {
  /** What stands for the internet of functions; given as a function, it is asked at each start of a sandbox. Default: nothing does. */
  readonly network?: SandboxNetwork | (() => SandboxNetwork)
  /** So long a sandbox waits for its next invocation, in milliseconds. Default 300,000. */
  readonly idleMs?: number
  /** Which version an alias with weights gives: from 0 to below 1. Default: chance. */
  readonly random?: () => number
  /** Told of every invocation when it is over. */
  readonly onInvoked?: (invoked: Invoked) => void
}

/** A sandbox as it is now. */
export interface LivingSandbox {
  readonly functionName: string
  readonly version: string
  readonly pid: number
  readonly isBusy: boolean
  readonly vcpus: number | 'full'
}

export interface RunningFunctions {
  readonly runner: FunctionRunner
  readonly sandboxes: () => readonly LivingSandbox[]
  /** The last thousand, oldest first. */
  readonly invocations: () => readonly Invoked[]
  /** The credentials of a sandbox's role, for whoever has to verify what was signed with them; undefined: nobody's key. */
  readonly credentialsOf: (accessKeyId: string) => RoleCredentials | undefined
  /** Settles when everything that functions printed is in CloudWatch Logs. */
  readonly flushLogs: () => Promise<void>
  /** Ends sandboxes of a function that wait for an invocation, as Lambda does whenever it likes. */
  readonly endIdle: (functionName: string) => Promise<void>
  /** Ends all sandboxes and forgets what was. */
  readonly reset: () => Promise<void>
  readonly close: () => Promise<void>
}

const REMEMBERED = 1000

interface Surroundings {
  readonly clients: MotoClients
  readonly keys: AccountKeys
  readonly endpoint: string
  readonly region: string
}

/** Makes everything ready to run functions: nothing runs before somebody invokes. */
export function startRunning(options: RunningOptions, { clients, keys, endpoint, region }: Surroundings) {
  const { network = {}, idleMs = 300_000, random = Math.random, onInvoked = () => undefined } = options
  const scratch = mkdtempSync(join(tmpdir(), 'sax-functions-'))
  const shares = cpuShares(`sax-${randomUUID()}`)
  const undertaker = startUndertaker(scratch, shares.folder)
  const given = new Map<string, RoleCredentials>()
  const logs = logDelivery((accountId) => clients(accountId, region).logs)
  const pool = new SandboxPool({
    ...{ scratch, region, endpoint, idleMs, shares, undertaker, logs, unpack: unpackedCode(scratch) },
    network: () => (typeof network === 'function' ? network() : network),
    credentials: (accountId) => {
      const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`
      keys.learn(accessKeyId, accountId)
      const made = { accessKeyId, secretAccessKey: randomBytes(20).toString('hex'), sessionToken: randomUUID() }
      given.set(accessKeyId, made)
      return made
    },
  })
  // Where CloudWatch Logs is gone already, nobody could read them.
  const flushLast = () => logs.flush().catch(() => undefined)
  let invocations: Invoked[] = []
  const runner = new FunctionRunner(pool, random, (invoked) => {
    invocations = [...invocations.slice(1 - REMEMBERED), invoked]
    onInvoked(invoked)
  })
  const running: RunningFunctions = {
    runner,
    sandboxes: () =>
      pool.alive.map(({ functionName, version, vcpus, isBusy, box }) => ({
        ...{ functionName, version, vcpus, isBusy, pid: box.pid },
      })),
    invocations: () => invocations,
    credentialsOf: (accessKeyId) => given.get(accessKeyId),
    flushLogs: logs.flush,
    endIdle: (functionName) => pool.stopIdle(functionName),
    reset: async () => {
      await runner.stopAll()
      await flushLast()
      given.clear()
      invocations = []
    },
    close: async () => {
      await runner.stopAll()
      await flushLast()
      await undertaker.close()
      shares.close()
    },
  }
  return running
}
