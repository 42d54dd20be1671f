import { Writable } from 'node:stream'
import type { Stream } from '../src/index.ts'

/** What went out of a streaming function, as Lambda's front would read it. */
export interface Sent {
  readonly contentType: string
  readonly raw: Buffer
  readonly prelude: {
    readonly statusCode: number
    readonly headers: Record<string, string>
    readonly cookies: string[]
  }
  readonly body: Buffer
  /** Set when the answer broke off. */
  readonly broken: Error | undefined
}

type Streaming = (event: unknown, stream: Stream, context: { callbackWaitsForEmptyEventLoop: boolean }) => Promise<void>

/**
 * Puts the global of the runtime in place under which a function registers its streaming handler.
 * @source AWS Lambda Developer Guide, "Response streaming for Lambda functions" (awslambda.streamifyResponse)
 */
export function installLambda(): void {
  Object.assign(globalThis, { awslambda: { streamifyResponse: (handler: unknown) => handler } })
}

/** Calls a handler and takes its answer apart: content type, prelude, eight zero bytes, body. */
export async function invoke(handler: unknown, event: unknown): Promise<Sent> {
  const chunks: Buffer[] = []
  let contentType = ''
  let broken: Error | undefined
  const stream = Object.assign(
    new Writable({
      write(chunk: Uint8Array, _encoding, done) {
        chunks.push(Buffer.from(chunk))
        done()
      },
    }),
    {
      setContentType: (type: string) => {
        contentType = type
      },
    },
  )
  stream.on('error', (error) => {
    broken = error
  })
  await (handler as Streaming)(event, stream, { callbackWaitsForEmptyEventLoop: true }).catch((error: unknown) => {
    if (broken === undefined) throw error
  })
  const raw = Buffer.concat(chunks)
  const end = raw.indexOf(Buffer.alloc(8))
  const prelude = end === -1 ? { statusCode: 0, headers: {}, cookies: [] } : JSON.parse(raw.subarray(0, end).toString())
  return { contentType, raw, prelude, body: end === -1 ? raw : raw.subarray(end + 8), broken }
}
