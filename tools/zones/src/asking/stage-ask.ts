import type { Answer, Ask, Asker, BucketQuestion, HttpQuestion, WrittenStart } from '@sax/probes'
import { AwsFailure } from '../aws/aws-failure.ts'
import type { PublicAccess } from '../aws/public-access.ts'
import { headersOf, type Why } from './carried.ts'
import { handshakeWith } from './handshake.ts'
import type { WireClient } from './http.ts'
import { linesUnder, reportedCalls, type StageLogPorts } from './stage-logs.ts'
import type { StageTokens } from './stage-tokens.ts'
import type { World } from './world.ts'

export interface StageAskOptions {
  /** Base URL of each door, with a path where the door has one; or why it cannot be knocked at. */
  readonly doors: Readonly<Record<string, string | Why>>
  readonly tokens: StageTokens
  readonly sessionOf: (asker: Asker) => { readonly cookie: string } | Why
  readonly wire: WireClient
  readonly world: World
  readonly logs: StageLogPorts
  readonly bucketOf: (zone: string) => { readonly name: string; readonly address: string } | undefined
  readonly publicAccess: PublicAccess
  /** What releases wrote down of the starts of the versions that people reach. @throws AwsFailure */
  readonly starts: (roles: readonly string[]) => Promise<readonly WrittenStart[] | Why>
}

/** Puts the probes' questions to a deployed stage. */
export function createStageAsk(options: StageAskOptions): Ask {
  const { doors, tokens, sessionOf, wire, world, logs } = options
  const put = async ({ door, path, method = 'GET', headers, carries = [], body }: HttpQuestion): Promise<Answer> => {
    const base = doors[door] ?? { why: `${door} has no address here` }
    if (typeof base !== 'string') return { kind: 'unavailable', why: base.why }
    const carried = await headersOf(carries, tokens, sessionOf)
    if ('why' in carried) return { kind: 'unavailable', why: carried.why }
    const asked = {
      ...{ base, method, path: new URL(base).pathname.replace(/\/$/, '') + path },
      headers: { ...headers, ...carried.headers },
      ...(body === undefined ? {} : { body }),
    }
    try {
      return await wire.send(asked)
    } catch (error) {
      // An address that must refuse and that cannot be reached from here has refused nobody.
      const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
      if (!isOrigin(door) || code === undefined) throw error
      return { kind: 'unavailable', why: `${new URL(base).host} cannot be reached from here (${code})` }
    }
  }

  return async (question): Promise<Answer> => {
    if (question.kind === 'http') return put(question)
    if (question.kind === 'tls') return handshakeWith(question.name, world, logs.wallMs)
    try {
      switch (question.kind) {
        case 'logs':
          return { kind: 'logs', lines: await linesUnder(question.requestId, question.services, logs) }
        case 'calls':
          return { kind: 'calls', calls: await reportedCalls(question.sinceSec, logs) }
        case 'starts': {
          const starts = await options.starts(question.roles)
          return 'why' in starts ? { kind: 'unavailable', why: starts.why } : { kind: 'starts', starts }
        }
        case 'bucket':
          return await readers(question, options)
      }
    } catch (error) {
      if (error instanceof AwsFailure) return { kind: 'unavailable', why: error.message }
      throw error
    }
  }
}

async function readers({ zone, path }: BucketQuestion, options: StageAskOptions): Promise<Answer> {
  const bucket = options.bucketOf(zone)
  if (bucket === undefined) return { kind: 'unavailable', why: `${zone} has no bucket here` }
  const blocksPublic = await options.publicAccess.isBlocked(bucket.name)
  const direct = await options.wire
    .send({ base: bucket.address, method: 'GET', path, headers: {} })
    .catch((error: unknown) => {
      if (error instanceof Error && 'code' in error) return undefined
      throw error
    })
  return { kind: 'bucket', blocksPublic, directStatus: direct?.status === 0 ? undefined : direct?.status }
}

function isOrigin(door: string): boolean {
  return door.startsWith('function-url:')
}
