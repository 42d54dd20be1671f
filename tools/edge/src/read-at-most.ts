import { OriginError } from './origins/origin.ts'

/**
 * The chunks of a body, or undefined as soon as it is longer than `limitBytes`; what then is left of it stays unread,
 * and the body unlocked. Holds at most that much and one chunk.
 * @throws OriginError when the sender went away: there is nothing to ask an origin for.
 */
export async function readAtMost(
  body: ReadableStream<Uint8Array>,
  limitBytes: number,
): Promise<readonly Uint8Array[] | undefined> {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value)
      bytes += next.value.byteLength
      if (bytes > limitBytes) return undefined
    }
    return chunks
  } catch (cause) {
    throw new OriginError('origin_down', { cause })
  } finally {
    reader.releaseLock()
  }
}
