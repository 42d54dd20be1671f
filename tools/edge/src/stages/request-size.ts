/** @source AWS CloudFront Developer Guide, "Quotas": longest URL and longest request (without body), in bytes; over either: 413 */
export const MAX_URL_BYTES = 8192
export const MAX_REQUEST_BYTES = 20_480

/** The same quota for the headers of an origin's response; longer ones are an invalid answer. @source as above */
export const MAX_RESPONSE_HEADER_BYTES = 20_480

/** True when CloudFront would take a request of these sizes. */
export function isWithinLimits(urlBytes: number, requestBytes: number): boolean {
  return urlBytes <= MAX_URL_BYTES && requestBytes <= MAX_REQUEST_BYTES
}

/** Bytes of request line and headers as they were sent. `rawHeaders` alternates names and values. */
export function requestBytes(method: string, target: string, rawHeaders: readonly string[]): number {
  const line = method.length + target.length + ' HTTP/1.1\r\n'.length + 1
  // Node hands header bytes over as Latin-1: one character is one byte. Each header adds ": " and a line end.
  return rawHeaders.reduce((sum, text) => sum + text.length + 2, line + 2)
}
