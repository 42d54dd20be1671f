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

/** The sandboxes of all versions. One that is idle is used again; one that is idle for long is ended. */
export class SandboxPool {
  readonly #parts: PoolParts
  readonly #all = new Set<Pooled>()

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

  /** A new one, which is busy, and not yet ready. It goes on with the log of the one that it replaces. */
  async start(fn: FunctionState, version: Version, replaced?: Pooled): Promise<Pooled> {
    const { scratch, region, endpoint, unpack, shares, undertaker, logs, credentials } = this.#parts
    const { configuration } = version
    const { MemorySize: memoryMb = 128, Version: number = '$LATEST' } = configuration
    const key = keyOf(fn, version)
    const folder = await unpack(key, version.zip)
    const network = this.#parts.network()
    const stream = replaced?.stream ?? newStream(number)
    const group = configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${fn.name}`
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
    pooled.idle = setTimeout(() => {
      this.#all.delete(pooled)
      void pooled.box.stop()
    }, this.#parts.idleMs)
    pooled.idle.unref()
  }

  async stopAll(): Promise<void> {
    const all = [...this.#all]
    this.#all.clear()
    for (const { idle } of all) clearTimeout(idle)
    await Promise.all(all.map(({ box }) => box.stop()))
  }
}

/** @source AWS Lambda Developer Guide, "Viewing CloudWatch logs for Lambda functions" */
function newStream(version: string): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/')
  return `${day}/[${version}]${randomBytes(16).toString('hex')}`
}

/** Versions are told apart by their revision too: a function may be made anew under its old name. */
function keyOf({ arn }: FunctionState, { configuration }: Version): string {
  return `${arn} ${configuration.Version} ${configuration.RevisionId}`
}
