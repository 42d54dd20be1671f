import { SegmentedMessage } from 'sms-segments-calculator'
import { MAX_CONTENT_LENGTH } from './parse.ts'

export interface MessageSize {
  /** GSM-7 unless one character is outside its alphabet; then the whole message is UCS-2. */
  readonly encoding: 'GSM-7' | 'UCS-2'
  /** What the carrier bills. 0 for an empty text. */
  readonly segmentCount: number
  /** Length in the encoding's own units: septets for GSM-7, UTF-16 units for UCS-2. */
  readonly unitCount: number
  /** Characters that force UCS-2, each once, in order. */
  readonly nonGsmCharacters: readonly string[]
}

/**
 * What is counted of a text, in UTF-16 units: as much as an editor lets people type, and five times what can be sent. The
 * library's time grows with the square of the length: a filled template can be a hundred times as long as a message,
 * which took it two minutes.
 */
const MOST_COUNTED = 5 * MAX_CONTENT_LENGTH

/**
 * How the carrier cuts and bills a text. Of one that is much too long to be sent only the beginning is counted.
 * @source GSM 03.38 and 3GPP TS 23.040 through sms-segments-calculator
 */
export function messageSize(text: string): MessageSize {
  if (text === '') return { encoding: 'GSM-7', segmentCount: 0, unitCount: 0, nonGsmCharacters: [] }
  const message = new SegmentedMessage(text.slice(0, MOST_COUNTED))
  return {
    encoding: message.getEncodingName() === 'GSM-7' ? 'GSM-7' : 'UCS-2',
    segmentCount: message.segmentsCount,
    unitCount: unitCount(message),
    nonGsmCharacters: [...new Set(message.getNonGsmCharacters())],
  }
}

/** `messageSize` counts the bits of the text alone, without the headers of its segments. */
function unitCount(message: SegmentedMessage): number {
  return message.messageSize / (message.getEncodingName() === 'GSM-7' ? 7 : 16)
}
