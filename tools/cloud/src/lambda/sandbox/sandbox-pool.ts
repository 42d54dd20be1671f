import { randomBytes, randomUUID } from 'node:crypto'
import type { FunctionState, Version } from '../function-state.ts'
import type { CpuShares } from './cpu-share.ts'
import type { LogDelivery } from './log-delivery.ts'
import { Sandbox } from './sandbox.ts'
import { SandboxLog } from './sandbox-log.ts'
import type { Undertaker } from './undertaker.ts'
import type { UnpackedCode } from './unpacked-code.ts'
import { type RoleCredentials, sandboxVariables } from './variables.ts'

/** What stands for the internet of functions. */
export interface SandboxNetwork {
  /** Port on loopback that HTTPS to every name leads to; it is told the name by SNI. Absent: there is no HTTPS. */
  readonly tlsPort?: number
  /** PEM file of the authority that certified those names. */
  readonly caFile?: string
  /** Databases by name, for connections to port 5432, and the port on loopback that stands for each. */
  readonly postgres?: readonly { readonly host: string; readonly port: number }[]
}

export interface PoolParts {
  readonly scratch: string
  readonly region: string
  /** The laptop's AWS. */
  readonly endpoint: string
  readonly network: () => SandboxNetwork
  readonly unpack: UnpackedCode
  readonly shares: CpuShares
  readonly undertaker: Undertaker
  readonly logs: LogDelivery
  /** Gives out credentials of the account. */
  readonly credentials: (accountId: string) => RoleCredentials
  /** So long a sandbox waits for its next invocation. */
  readonly idleMs: number
}

/** A sandbox of the pool. */
export interface Pooled {
  readonly key: string
  readonly functionName: string
  readonly version: string
  readonly vcpus: number | 'full'
  readonly box: Sandbox
  readonly stream: string
  readonly log: SandboxLog
  isBusy: boolean
  idle?: NodeJS.Timeout | undefined
}

/** A call for which no sandbox is free. */
export interface WaitingCall {
  /** It has a sandbox, or it gave up. */
  readonly isOver: boolean
  /** False when it is over already. */
  readonly leave: () => boolean
}

/** The sandboxes of all versions. One that is idle is used again; one that is idle for long is ended. */
export class SandboxPool {
  readonly #parts: PoolParts
  readonly #all = new Set<Pooled>()
  /** Those who wait, first come, by the version. */
  readonly #waiting = new Map<string, ((pooled: Pooled) => void)[]>()

  constructor(parts: PoolParts) {
    this.#parts = parts
  }

  get alive(): readonly Pooled[] {
    return [...this.#all].filter(({ box }) => box.isAlive)
  }

  /** A warm sandbox of that version, which is then busy. */
  take(fn: FunctionState, version: Version): Pooled | undefined {
    const key = keyOf(fn, version)
    const found = this.alive.find((one) => one.key === key && !one.isBusy)
    if (found === undefined) return undefined
    clearTimeout(found.idle)
    found.isBusy = true
    return found
  }

  /** Waits for a sandbox of that version that becomes free. It is busy again when `onFree` gets it. */
  wait(fn: FunctionState, version: Version, onFree: (pooled: Pooled) => void): WaitingCall {
    const key = keyOf(fn, version)
    const waiting = this.#waiting.get(key) ?? []
    this.#waiting.set(key, waiting)
    waiting.push(onFree)
    return {
      get isOver() {
        return !waiting.includes(onFree)
      },
      leave: () => {
        const at = waiting.indexOf(onFree)
        if (at === -1) return false
        waiting.splice(at, 1)
        return true
      },
    }
  }

  /** A new one, which is busy, and not yet ready. It goes on with the log of the one that it replaces. */
  async start(fn: FunctionState, version: Version, replaced?: Pooled): Promise<Pooled> {
    const { scratch, region, endpoint, unpack, shares, undertaker, logs, credentials } = this.#parts
    const { configuration } = version
    const { MemorySize: memoryMb = 128, Version: number = '$LATEST' } = configuration
    const key = keyOf(fn, version)
    const folder = await unpack(key, version.zip)
    const network = this.#parts.network()
    const group = configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${fn.name}`
    const stream = replaced?.stream ?? newStream(fn.name, group, number)
    const log = replaced?.log ?? new SandboxLog((line) => logs.write({ accountId: fn.accountId, group, stream }, line))
    const share = shares.shareOf(memoryMb)
    const role = credentials(fn.accountId)
    const box = await Sandbox.start({
      ...{ folder, scratch, name: `sandbox-${randomUUID()}`, memoryMb, share, undertaker, onLine: log.line },
      variables: (runtimeApi) =>
        sandboxVariables({
          ...{ configuration, folder, runtimeApi, region, endpoint, logStream: stream, credentials: role },
          caFile: network.caFile,
        }),
      world: (runtimePort) => ({
        ownPorts: [runtimePort, Number(new URL(endpoint).port)],
        ...(network.tlsPort === undefined ? {} : { tlsPort: network.tlsPort }),
        postgres: network.postgres ?? [],
      }),
    })
    const pooled = { key, functionName: fn.name, version: number, vcpus: share.vcpus, box, stream, log, isBusy: true }
    this.#all.add(pooled)
    return pooled
  }

  /** It is done with its invocation; whether it is used again shows. */
  putBack(pooled: Pooled): void {
    pooled.isBusy = false
    if (!pooled.box.isAlive) {
      this.#all.delete(pooled)
      return
    }
    const next = this.#waiting.get(pooled.key)?.shift()
    if (next !== undefined) {
      pooled.isBusy = true
      next(pooled)
      return
    }
    pooled.idle = setTimeout(() => {
      this.#all.delete(pooled)
      void pooled.box.stop()
    }, this.#parts.idleMs)
    pooled.idle.unref()
  }

  /** Ends those of a function that wait for an invocation, so that the next one starts anew. */
  async stopIdle(functionName: string): Promise<void> {
    const idle = [...this.#all].filter((one) => one.functionName === functionName && !one.isBusy)
    for (const one of idle) {
      this.#all.delete(one)
      clearTimeout(one.idle)
    }
    await Promise.all(idle.map(({ box }) => box.stop()))
  }

  async stopAll(): Promise<void> {
    const all = [...this.#all]
    this.#all.clear()
    for (const { idle } of all) clearTimeout(idle)
    await Promise.all(all.map(({ box }) => box.stop()))
  }
}

/** @source AWS Lambda Developer Guide, "Viewing CloudWatch logs for Lambda functions" */
/**
 * In a group of another name than its own, a function writes its name into the stream's.
 * @source AWS Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs" (log stream names, custom log groups)
 */
function newStream(functionName: string, group: string, version: string): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/')
  const box = randomBytes(16).toString('hex')
  return group === `/aws/lambda/${functionName}`
    ? `${day}/[${version}]${box}`
    : `${day}/${functionName}[${version}][${box}]`
}

/** Versions are told apart by their revision too: a function may be made anew under its old name. */
function keyOf({ arn }: FunctionState, { configuration }: Version): string {
  return `${arn} ${configuration.Version} ${configuration.RevisionId}`
}
