import type { IncomingMessage } from 'node:http'

/**
 * True when somebody behind this server might read a request differently, or find another request in its body: no
 * Host or more than one, a version that is none of ours, or a body framed by anything but plain chunks. Node's parser takes
 * these; what else has two readings it refuses by itself.
 * @source RFC 9112 sections 3.2, 6.1 and 11.2
 */
export function hasTwoReadings({
  rawHeaders,
  httpVersion,
}: Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>): boolean {
  const valuesOf = (wanted: string) =>
    rawHeaders.filter((_text, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === wanted)
  const hosts = valuesOf('host').length
  if (hosts > 1 || (hosts === 0 && httpVersion !== '1.0') || !['1.0', '1.1'].includes(httpVersion)) return true
  const [coding, ...others] = valuesOf('transfer-encoding')
  if (coding === undefined) return false
  return httpVersion !== '1.1' || others.length > 0 || coding.toLowerCase() !== 'chunked'
}
