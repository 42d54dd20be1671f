import type { Answer, Ask, Asker, HttpQuestion } from '@sax/probes'
import { AwsFailure } from '../aws/aws-failure.ts'
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
}

/** Puts the probes' questions to a deployed stage. */
export function createStageAsk({ doors, tokens, sessionOf, wire, world, logs }: StageAskOptions): Ask {
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
      return question.kind === 'logs'
        ? { kind: 'logs', lines: await linesUnder(question.requestId, question.services, logs) }
        : { kind: 'calls', calls: await reportedCalls(question.sinceSec, logs) }
    } catch (error) {
      if (error instanceof AwsFailure) return { kind: 'unavailable', why: error.message }
      throw error
    }
  }
}

function isOrigin(door: string): boolean {
  return /^(?:function-url|bucket):/.test(door)
}
