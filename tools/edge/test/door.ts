import type { LogFields, Logger } from '@sax/logging'
import { createCaching } from '../src/caching/caching.ts'
import type { Distribution } from '../src/config/distribution.ts'
import { createEdge, type Decision, type OriginFetcher, type OriginRequest } from '../src/edge.ts'

export interface Ask {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | ReadableStream<Uint8Array>
}

export interface Door {
  /** What the origin was asked, in order. */
  readonly asked: OriginRequest[]
  readonly logged: LogFields[]
  ask(target: string, ask?: Ask): Promise<Response>
  decide(target: string, ask?: Ask): Decision
  /** From now on every origin answers like this. */
  answerWith(answer: (request: OriginRequest) => Response | Promise<Response>): void
  /** Lets time pass. */
  laterMs(ms: number): void
}

/** A front door without a socket, before origins that are functions: `server` and whatever else the distributions name. */
export function door(...distributions: readonly Distribution[]): Door {
  return doorOver('https', distributions)
}

/** The same for viewers that speak `protocol`. */
export function doorOver(protocol: 'http' | 'https', distributions: readonly Distribution[]): Door {
  const asked: OriginRequest[] = []
  const logged: LogFields[] = []
  let answer: (request: OriginRequest) => Response | Promise<Response> = () => new Response('ok')
  let nowMs = 0
  let ids = 0
  const fetcher: OriginFetcher = async (request) => {
    asked.push(request)
    return answer(request)
  }
  const keep = (_message: string, fields: LogFields = {}) => {
    logged.push(fields)
  }
  const log: Logger = { debug: keep, info: keep, warn: keep, error: keep }
  const originIds = distributions.flatMap((one) => [...one.origins.keys()])
  const edge = createEdge({
    distributions,
    addresses: Object.fromEntries(originIds.map((id) => [id, fetcher])),
    caching: createCaching({ maxBytes: 1_000_000, nowMs: () => nowMs }),
    protocol,
    log,
    newId: () => {
      ids += 1
      return `id-${ids}`
    },
    nowMs: () => nowMs,
  })
  const parsed = (target: string, { method = 'GET', headers = {}, body }: Ask) => ({
    request: new Request('http://viewer.invalid/', {
      method,
      headers: { host: 'site.example', ...headers },
      ...(body === undefined ? {} : { body, duplex: 'half' }),
    }),
    info: {
      target,
      ip: '192.0.2.7',
      requestBytes: 100,
      hasBody: body !== undefined,
      signal: new AbortController().signal,
    },
  })
  return {
    asked,
    logged,
    ask(target, ask = {}) {
      const { request, info } = parsed(target, ask)
      return edge(request, info)
    },
    decide(target, ask = {}) {
      const { request, info } = parsed(target, ask)
      return edge.decide(request, info)
    },
    answerWith: (next) => {
      answer = next
    },
    laterMs: (ms) => {
      nowMs += ms
    },
  }
}
