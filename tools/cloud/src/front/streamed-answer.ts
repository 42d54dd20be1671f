import type { IncomingMessage, ServerResponse } from 'node:http'
import { type HttpAnswer, headOf } from './payload.ts'

/** Content type of a stream that begins with status and headers. @source aws-lambda-ric, HttpResponseStream */
const WITH_HEAD = 'application/vnd.awslambda.http-integration-response'
const END_OF_HEAD = Buffer.alloc(8)
/** Bytes that a streamed answer may have. @source AWS Lambda Developer Guide, "Response streaming for Lambda functions" (200 MB since July 2025) */
const MAX_STREAM_BYTES = 209_715_200

/**
 * Passes on a stream as it comes. It is read to its end even when nobody listens any more: the function may finish.
 * @returns `broken` when nothing was passed on, so that the caller may say what went wrong
 */
export async function passStream(
  body: IncomingMessage,
  contentType: string,
  outgoing: ServerResponse,
  ownHeaders: Readonly<Record<string, string>>,
): Promise<'passed' | 'broken'> {
  let begun: Buffer | undefined = Buffer.alloc(0)
  let isBroken = false
  let bytes = 0
  const begin = (head: Pick<HttpAnswer, 'status' | 'headers'>) => {
    begun = undefined
    outgoing.writeHead(head.status, { ...head.headers, ...ownHeaders } as Record<string, string | string[]>)
    outgoing.flushHeaders()
  }
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      let rest = part
      if (isBroken || outgoing.destroyed) continue
      if (begun !== undefined && contentType !== WITH_HEAD)
        begin({ status: 200, headers: { 'content-type': contentType } })
      if (begun !== undefined) {
        begun = Buffer.concat([begun, part])
        const end = begun.indexOf(END_OF_HEAD)
        if (end === -1) continue
        const head = headIn(begun.subarray(0, end))
        rest = begun.subarray(end + END_OF_HEAD.length)
        isBroken = head === undefined
        if (head === undefined) continue
        begin(head)
      }
      bytes += rest.length
      if (bytes > MAX_STREAM_BYTES) outgoing.destroy()
      else if (rest.length > 0 && !outgoing.write(rest)) await drained(outgoing)
    }
  } catch {
    // The function is gone in the middle of its answer.
    isBroken = true
  }
  // A function that failed on its way says so behind its last byte.
  const isFailed = isBroken || body.trailers['lambda-runtime-function-error-type'] !== undefined
  if (begun !== undefined && !isFailed && contentType !== WITH_HEAD) {
    begin({ status: 200, headers: { 'content-type': contentType } })
  }
  if (begun !== undefined) return 'broken'
  if (isFailed) outgoing.destroy()
  else outgoing.end()
  return 'passed'
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
