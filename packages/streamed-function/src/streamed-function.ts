import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { InternalEvent } from '@opennextjs/aws/types/open-next'
import type { Converter, OpenNextHandler, Wrapper } from '@opennextjs/aws/types/overrides'
import { type Exchange, exchangeFinished, exchangeStarted } from './exchange.ts'
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

/**
 * OpenNext's wrapper of a function whose answers are streamed, as they are: nothing is compressed on the way, so that no
 * length can be wrong. The stock wrapper compresses and keeps the length of before. An answer that cannot have a body
 * gets none, and every answer gets a log line's worth of facts.
 * @param answerEvent asked first; without it every event is a request
 */
export function streamedFunction(answerEvent: EventAnswer = async () => ({ kind: 'request' })): Wrapper {
  return {
    name: 'streamed-function',
    supportStreaming: true,
    wrapper: async (handler, converter) =>
      awslambda.streamifyResponse(async (event, stream, context) => {
        // Connections that are kept for the next request must not keep this one waiting.
        context.callbackWaitsForEmptyEventLoop = false
        const asked = await answerEvent(event)
        if (asked.kind === 'answer') {
          stream.setContentType('application/json')
          stream.end(JSON.stringify(asked.answer))
        } else await answerRequest(event, stream, handler, converter)
        await finished(stream, { readable: false })
      }),
  }
}

async function answerRequest(
  event: unknown,
  stream: Stream,
  handler: OpenNextHandler,
  converter: Pick<Converter, 'convertFrom'>,
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
    await handler(request, {
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
