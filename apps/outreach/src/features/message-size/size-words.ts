import type { MessageSize } from '@sax/message-template'

/** Units in one message, and in each part of a message that needs several. @source 3GPP TS 23.040 section 9.2.3.24.1 */
const limits = { 'GSM-7': { single: 160, part: 153 }, 'UCS-2': { single: 70, part: 67 } } as const

/** How many units still fit before the carrier bills one more message. */
export function unitsLeft({ encoding, segmentCount, unitCount }: MessageSize): number {
  const { single, part } = limits[encoding]
  return segmentCount <= 1 ? Math.max(0, single - unitCount) : Math.max(0, segmentCount * part - unitCount)
}

/** A character so that it can be pointed at even when it shows nothing: `“ (U+201C)`. */
export function characterWords(character: string): string {
  const codes = [...character].map(
    (point) => `U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
  const visible = /^[\p{L}\p{N}\p{P}\p{S}\p{Extended_Pictographic}]/u.test(character)
  return visible ? `${character} (${codes.join(' ')})` : codes.join(' ')
}
