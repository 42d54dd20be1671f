import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setTimeout as after } from 'node:timers/promises'
import type { InternalEvent } from '@opennextjs/aws/types/open-next'
import type { Converter, OpenNextHandler, Wrapper } from '@opennextjs/aws/types/overrides'
import { type Exchange, exchangeFinished, exchangeStarted } from './exchange.ts'
import { type FirstPage, firstPageData } from './first-page-data.ts'
import { cleanPrelude, hasBody, PRELUDE_CONTENT_TYPE, PRELUDE_END, type Prelude } from './prelude.ts'

/** What Lambda hands to a function that streams. */
export type Stream = Writable & { setContentType: (type: string) => void }
interface LambdaContext {
  callbackWaitsForEmptyEventLoop: boolean
}
type StreamingHandler = (event: unknown, stream: Stream, context: LambdaContext) => Promise<void>
declare const awslambda: { streamifyResponse: (handler: StreamingHandler) => () => Promise<unknown> }

/** Answers an event that came by `lambda:InvokeFunction`, or says that it is a request for the pages. */
export type EventAnswer = (
  event: unknown,
) => Promise<{ readonly kind: 'request' } | { readonly kind: 'answer'; readonly answer: unknown }>

/** A request of nobody's, for a page that anybody may see. */
export interface StartRequest {
  /** Path, without a query. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface StreamedFunctionOptions {
  /** Asked first; without it every event is a request. */
  readonly answerEvent?: EventAnswer
  /**
   * What the function asks itself while it starts: it has a whole processor then, and a share of one when somebody waits
   * for its first answer. No exchange is told of it, and it cannot fail the start.
   */
  readonly atStart?: StartRequest
  /** Of a zone whose pages are of the Pages Router, and which is not at the top of the site. */
  readonly firstPage?: FirstPage
}

/** Requests are let in after this time, whatever a function still does for itself. */
const START_MS = 3000

/**
 * OpenNext's wrapper of a function whose answers are streamed, as they are: nothing is compressed on the way, so that no
 * length can be wrong. The stock wrapper compresses and keeps the length of before. An answer that cannot have a body
 * gets none, and every answer gets a log line's worth of facts.
 */
export function streamedFunction({
  answerEvent = async () => ({ kind: 'request' }),
  atStart,
  firstPage,
}: StreamedFunctionOptions = {}): Wrapper {
  return {
    name: 'streamed-function',
    supportStreaming: true,
    wrapper: async (handler, converter) => {
      if (atStart !== undefined) await askItself(handler, atStart)
      return awslambda.streamifyResponse(async (event, stream, context) => {
        // Connections that are kept for the next request must not keep this one waiting.
        context.callbackWaitsForEmptyEventLoop = false
        const asked = await answerEvent(event)
        if (asked.kind === 'answer') {
          stream.setContentType('application/json')
          stream.end(JSON.stringify(asked.answer))
        } else await answerRequest(event, stream, handler, converter, firstPage)
        await finished(stream, { readable: false })
      })
    },
  }
}

async function askItself(handler: OpenNextHandler, { path, headers = {} }: StartRequest): Promise<void> {
  const request: InternalEvent = {
    ...{ type: 'core', method: 'GET', rawPath: path, url: `https://localhost${path}` },
    ...{ headers: { ...headers }, query: {}, cookies: {}, remoteAddress: '127.0.0.1' },
  }
  const answered = handler(request, { streamCreator: { retainChunks: false, writeHeaders: unread } })
  await Promise.race([Promise.allSettled([answered]), after(START_MS, undefined, { ref: false })])
}

/** The body of an answer that nobody reads. */
const unread = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() })

async function answerRequest(
  event: unknown,
  stream: Stream,
  handler: OpenNextHandler,
  converter: Pick<Converter, 'convertFrom'>,
  firstPage: FirstPage | undefined,
): Promise<void> {
  const request = await converter.convertFrom(event)
  const exchange = exchangeOf(request)
  exchangeStarted(exchange)
  const pending: Promise<unknown>[] = []
  let begun = false
  const begin = (given: Prelude): Writable => {
    begun = true
    const prelude = cleanPrelude(given)
    exchange.response.statusCode = prelude.statusCode
    exchange.response.getHeader = (name) => prelude.headers[name]
    stream.setContentType(PRELUDE_CONTENT_TYPE)
    stream.write(JSON.stringify(prelude))
    stream.write(PRELUDE_END)
    return hasBody(request.method, prelude.statusCode) ? stream : swallowed(stream)
  }
  try {
    await handler(firstPage === undefined ? request : firstPageData(request, firstPage), {
      streamCreator: { retainChunks: false, writeHeaders: begin },
      waitUntil: (promise) => {
        pending.push(promise)
      },
    })
    if (!begun) throw new Error('no answer was begun')
  } catch (error) {
    // Half an answer must not look like a whole one. What was not begun can still be refused properly.
    if (begun) stream.destroy(error instanceof Error ? error : new Error('the answer broke off'))
    else begin(failure(exchange.request.headers['x-request-id'])).end(failureBody(request))
  }
  await Promise.allSettled(pending)
  exchangeFinished(exchange)
}

/** Takes a body that must not go out, and ends the answer with it. */
function swallowed(stream: Stream): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => done(),
    final: (done) => {
      stream.end(done)
    },
    destroy: (error, done) => {
      if (error) stream.destroy(error)
      done(error)
    },
  })
}

function exchangeOf({ method, url, headers }: InternalEvent): Exchange {
  const { pathname, search } = new URL(url)
  return {
    request: { method, url: pathname + search, headers: { ...headers } },
    response: { statusCode: 500, getHeader: () => undefined },
  }
}

function failure(requestId: string | undefined): Prelude {
  return {
    statusCode: 500,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'private, no-store',
      ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
    },
    cookies: [],
  }
}

/** In the product's one error shape; what went wrong may quote data and stays inside. */
function failureBody({ headers }: InternalEvent): string {
  const requestId = headers['x-request-id'] ?? ''
  return JSON.stringify({ code: 'INTERNAL_ERROR', message: 'Something went wrong on our side.', requestId })
}
