/** A request as somebody reads it who forgives nothing. */
export interface StrictRequest {
  readonly method: string
  readonly target: string
  /** Names in lower case, in the order they came. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Without chunk sizes. Latin-1, as everything here. */
  readonly body: string
}

/** `whole`: nothing is left over. `partial`: the last request has not ended. `broken`: what follows has two readings or none. */
export interface StrictReading {
  readonly requests: readonly StrictRequest[]
  readonly end: 'whole' | 'partial' | 'broken'
  /** First byte that was not used. */
  readonly rest: number
}

const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) +([!-~]+) +HTTP\/1\.([01])$/
const FIELD_LINE =
  /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*((?:[!-~\x80-\xff](?:[ \t!-~\x80-\xff]*[!-~\x80-\xff])?)?)[ \t]*$/
const CHUNK_LINE = /^([0-9A-Fa-f]{1,13})(?:[ \t]*;[\t -~\x80-\xff]*)?$/

/**
 * The requests in a text of a connection. A second, independent opinion beside Node's parser: it has the grammar of the
 * RFC and next to none of the forgiveness the RFC allows: several spaces in a request line count as one, and line ends
 * before it as nothing, for nobody can hide anything in them.
 * @source RFC 9112 sections 2 to 7; RFC 9110 section 5
 */
export function readStrictly(text: string): StrictReading {
  const requests: StrictRequest[] = []
  let at = 0
  for (;;) {
    while (text[at] === '\r' || text[at] === '\n') at += 1
    if (at === text.length) return { requests, end: 'whole', rest: at }
    const head = readHead(text, at)
    if (head === 'partial' || head === 'broken') return { requests, end: head, rest: at }
    const { next, length, ...request } = head
    const body = length === 'chunked' ? readChunks(text, next) : readBytes(text, next, length)
    if (body === 'partial' || body === 'broken') return { requests, end: body, rest: at }
    requests.push({ ...request, body: body.content })
    at = body.next
  }
}

type Unread = 'partial' | 'broken'
type Head = Omit<StrictRequest, 'body'> & { readonly next: number; readonly length: number | 'chunked' }

function readHead(text: string, start: number): Head | Unread {
  const [, method, target, minor] = REQUEST_LINE.exec(lineAt(text, start) ?? '') ?? []
  if (method === undefined || target === undefined) return lineAt(text, start) === undefined ? 'partial' : 'broken'
  const fields = readFields(text, text.indexOf('\r\n', start) + 2)
  if (fields === 'partial' || fields === 'broken') return fields
  const all = (wanted: string) => fields.headers.filter(([name]) => name === wanted).map(([, value]) => value)
  const hosts = all('host').length
  if (hosts > 1 || (hosts === 0 && minor === '1')) return 'broken'
  const [lengths, codings] = [all('content-length'), all('transfer-encoding')]
  if (codings.length > 0) {
    const isPlain = codings.length === 1 && codings[0]?.toLowerCase() === 'chunked'
    return isPlain && lengths.length === 0 && minor === '1'
      ? { method, target, ...fields, length: 'chunked' }
      : 'broken'
  }
  if (lengths.length > 1 || lengths.some((length) => !/^\d{1,15}$/.test(length))) return 'broken'
  return { method, target, ...fields, length: Number(lengths[0] ?? 0) }
}

function readFields(text: string, start: number): { headers: [string, string][]; next: number } | Unread {
  const headers: [string, string][] = []
  for (let at = start; ; ) {
    const line = lineAt(text, at)
    if (line === undefined) return 'partial'
    at += line.length + 2
    if (line === '') return { headers, next: at }
    const [, name, value] = FIELD_LINE.exec(line) ?? []
    if (name === undefined || value === undefined) return 'broken'
    headers.push([name.toLowerCase(), value])
  }
}

interface Body {
  readonly content: string
  readonly next: number
}

function readBytes(text: string, start: number, length: number): Body | Unread {
  if (start + length > text.length) return 'partial'
  return { content: text.slice(start, start + length), next: start + length }
}

function readChunks(text: string, start: number): Body | Unread {
  let content = ''
  for (let at = start; ; ) {
    const line = lineAt(text, at)
    if (line === undefined) return 'partial'
    const size = CHUNK_LINE.exec(line)?.[1]
    if (size === undefined) return 'broken'
    at += line.length + 2
    const length = Number.parseInt(size, 16)
    if (length === 0) {
      const trailers = readFields(text, at)
      return trailers === 'partial' || trailers === 'broken' ? trailers : { content, next: trailers.next }
    }
    const chunk = readBytes(text, at, length)
    if (chunk === 'partial' || chunk === 'broken') return chunk
    content += chunk.content
    at = chunk.next
    if (at + 2 > text.length) return 'partial'
    if (!text.startsWith('\r\n', at)) return 'broken'
    at += 2
  }
}

/** The line that begins at `start`, without its end; undefined while it has none. */
function lineAt(text: string, start: number): string | undefined {
  const end = text.indexOf('\r\n', start)
  return end === -1 ? undefined : text.slice(start, end)
}
