/** What Lambda turns into status line and headers; the body follows after eight zero bytes. */
export interface Prelude {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
}

/** @source AWS Lambda, Node.js runtime interface client: `HttpResponseStream` */
export const PRELUDE_CONTENT_TYPE = 'application/vnd.awslambda.http-integration-response'
export const PRELUDE_END = new Uint8Array(8)

/**
 * Headers that say how a message is framed on one connection. Lambda frames the answer itself; a length of ours that is
 * wrong by one byte would cut it off. @source RFC 9110 section 7.6.1
 */
const FRAMING = [
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** Of the framework's inside; nobody outside may learn from them how requests are led. */
const INTERNAL = /^x-(middleware|opennext|invoke)-/

/** The prelude as it goes out: one spelling per header, no framing, every cookie for itself. */
export function cleanPrelude({ statusCode, headers, cookies }: Prelude): Prelude {
  const kept: Record<string, string> = {}
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase()
    if (value === undefined || name === 'set-cookie' || FRAMING.includes(name) || INTERNAL.test(name)) continue
    kept[name] = String(value)
  }
  return { statusCode, headers: kept, cookies: [...cookies] }
}

/** Whether an answer may have a body at all. @source RFC 9110 section 6.4.1 */
export function hasBody(method: string, statusCode: number): boolean {
  return method !== 'HEAD' && statusCode >= 200 && statusCode !== 204 && statusCode !== 304
}
