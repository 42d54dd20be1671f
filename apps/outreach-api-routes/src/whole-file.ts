import type { Backend, BackendAnswer } from './backend.ts'

/**
 * Asked for at once. The backend is a function whose answers hold 6 MB at most, and files travel in them as base64, which
 * is a third longer.
 * @source AWS Lambda Developer Guide, "Lambda quotas" (invocation payload); API Gateway Developer Guide, "Working with
 *   AWS Lambda proxy integrations for HTTP APIs" (isBase64Encoded)
 */
export const PART_BYTES = 4 * 1024 * 1024
/** No file is longer than a few parts. */
const MOST_PARTS = 4

type Answered = Extract<BackendAnswer, { readonly kind: 'answered' }>

/** The backend, asked for a file part by part. What fails on the way is the answer to the whole. */
export function wholeFile(backend: Backend): Backend {
  return async (request) => {
    const parts: Uint8Array<ArrayBuffer>[] = []
    let first: Answered | undefined
    for (let from = 0; parts.length < MOST_PARTS; ) {
      const range = `bytes=${from}-${from + PART_BYTES - 1}`
      const answer = await backend({ ...request, headers: { ...request.headers, range } })
      if (answer.kind === 'unreachable' || answer.status !== 206) return answer
      first ??= answer
      parts.push(answer.body)
      from += answer.body.byteLength
      const length = lengthOf(answer)
      if (length === undefined || answer.body.byteLength === 0) break
      if (from >= length) return { ...first, status: 200, body: new Uint8Array(await new Blob(parts).arrayBuffer()) }
    }
    return { kind: 'unreachable', status: 502 }
  }
}

/** Of the whole. @source RFC 9110, section 14.4, "Content-Range" */
function lengthOf({ headers }: Answered): number | undefined {
  const said = /^bytes \d+-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1]
  return said === undefined ? undefined : Number(said)
}
