export interface Answer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** `partial`: the last answer has not ended. `broken`: bytes that are no answer. */
export interface AnswersRead {
  /** Final ones only; 100 and 103 announce one and are none. */
  readonly answers: readonly Answer[]
  readonly interim: readonly number[]
  readonly end: 'whole' | 'partial' | 'broken'
}

/**
 * The answers in what came back over a connection. `methods` are those of the requests, in order, because an answer to
 * HEAD has no body. @source RFC 9112 section 6.3
 */
export function readAnswers(text: string, methods: readonly string[], isClosed: boolean): AnswersRead {
  const answers: Answer[] = []
  const interim: number[] = []
  let at = 0
  while (at < text.length) {
    const headEnd = text.indexOf('\r\n\r\n', at)
    if (headEnd === -1) return { answers, interim, end: /^HTTP\/1\.1 /.test(text.slice(at)) ? 'partial' : 'broken' }
    const [line = '', ...fields] = text.slice(at, headEnd).split('\r\n')
    const status = Number(/^HTTP\/1\.1 (\d{3})( |$)/.exec(line)?.[1])
    const headers = new Map(fields.map((field) => [nameOf(field), field.slice(field.indexOf(':') + 1).trim()]))
    if (Number.isNaN(status) || headers.size !== fields.length - repeated(fields))
      return { answers, interim, end: 'broken' }
    at = headEnd + 4
    if (status < 200) {
      interim.push(status)
      continue
    }
    const body = readBody(text, at, status, headers, methods[answers.length], isClosed)
    if (body === 'partial' || body === 'broken') return { answers, interim, end: body }
    answers.push({ status, headers, body: body.content })
    at = body.next
  }
  return { answers, interim, end: 'whole' }
}

function readBody(
  text: string,
  start: number,
  status: number,
  headers: ReadonlyMap<string, string>,
  method: string | undefined,
  isClosed: boolean,
): { readonly content: string; readonly next: number } | 'partial' | 'broken' {
  if (method === 'HEAD' || status === 204 || status === 304) return { content: '', next: start }
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(text, start)
  const length = headers.get('content-length')
  if (length === undefined) return isClosed ? { content: text.slice(start), next: text.length } : 'partial'
  const next = start + Number(length)
  if (!/^\d+$/.test(length)) return 'broken'
  return next > text.length ? 'partial' : { content: text.slice(start, next), next }
}

function readChunks(text: string, start: number): { content: string; next: number } | 'partial' | 'broken' {
  let content = ''
  for (let at = start; ; ) {
    const end = text.indexOf('\r\n', at)
    if (end === -1) return 'partial'
    if (!/^[0-9a-f]+$/i.test(text.slice(at, end))) return 'broken'
    const length = Number.parseInt(text.slice(at, end), 16)
    const next = end + 2 + length + 2
    if (next > text.length) return 'partial'
    if (text.slice(next - 2, next) !== '\r\n') return 'broken'
    content += text.slice(end + 2, next - 2)
    at = next
    if (length === 0) return { content, next }
  }
}

function nameOf(field: string): string {
  return field.slice(0, field.indexOf(':')).toLowerCase()
}

function repeated(fields: readonly string[]): number {
  return fields.length - new Set(fields.map(nameOf)).size
}
