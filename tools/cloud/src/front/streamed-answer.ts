import type { IncomingMessage, ServerResponse } from 'node:http'
import { headOf } from './payload.ts'

/** Content type of a stream that begins with status and headers. @source aws-lambda-ric, HttpResponseStream */
const WITH_HEAD = 'application/vnd.awslambda.http-integration-response'
const END_OF_HEAD = Buffer.alloc(8)
/** Bytes that a streamed answer may have. @source AWS Lambda Developer Guide, "Response streaming for Lambda functions" (200 MB since July 2025) */
const MAX_STREAM_BYTES = 209_715_200

/**
 * Passes on a stream as it comes.
 * @returns `broken` when nothing was passed on yet, so that the caller may say what went wrong
 */
export async function passStream(
  body: IncomingMessage,
  contentType: string,
  outgoing: ServerResponse,
  ownHeaders: Readonly<Record<string, string>>,
): Promise<'passed' | 'broken'> {
  let waiting: Buffer | undefined = contentType === WITH_HEAD ? Buffer.alloc(0) : undefined
  let bytes = 0
  if (waiting === undefined) outgoing.writeHead(200, { 'content-type': contentType, ...ownHeaders }).flushHeaders()
  try {
    for await (const part of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      let rest = part
      if (waiting !== undefined) {
        waiting = Buffer.concat([waiting, part])
        const end = waiting.indexOf(END_OF_HEAD)
        if (end === -1) continue
        const head = headIn(waiting.subarray(0, end))
        if (head === undefined) {
          body.resume()
          return 'broken'
        }
        rest = waiting.subarray(end + END_OF_HEAD.length)
        waiting = undefined
        outgoing.writeHead(head.status, { ...head.headers, ...ownHeaders } as Record<string, string | string[]>)
        outgoing.flushHeaders()
      }
      bytes += rest.length
      if (bytes > MAX_STREAM_BYTES) throw new Error('the stream is larger than Lambda passes on')
      if (outgoing.destroyed) {
        // Nobody reads any more; the function may finish all the same.
        body.resume()
        return 'passed'
      }
      if (!outgoing.write(rest)) await drained(outgoing)
    }
    if (waiting !== undefined) return 'broken'
    // The function said, behind its last byte, that it failed: the client sees the answer break off.
    if (body.trailers['lambda-runtime-function-error-type'] !== undefined) outgoing.destroy()
    else outgoing.end()
    return 'passed'
  } catch {
    // The function is gone in the middle of its answer.
    if (waiting !== undefined) return 'broken'
    outgoing.destroy()
    return 'passed'
  }
}

function headIn(bytes: Buffer) {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null ? headOf(value) : undefined
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('drain', resolve)
    outgoing.once('close', resolve)
  })
}
