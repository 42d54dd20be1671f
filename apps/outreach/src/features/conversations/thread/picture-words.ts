import type { MediaRefusal, MessageMedia } from '@sax/api-contract'

/** What a browser shows in its place. Everything else is offered to be saved. */
const SHOWN: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp'])

const KINDS: Readonly<Record<string, string>> = {
  'image/heic': 'Photo in Apple’s format (HEIC)',
  'video/mp4': 'Video',
  'video/3gpp': 'Video',
  'application/pdf': 'PDF document',
}

const REFUSALS: Readonly<Record<MediaRefusal, string>> = {
  too_large: 'It is larger than 5 MB. Ask the patient to send it smaller.',
  kind: 'It is of a kind that is not shown here. Ask the patient for a photo.',
  mismatch: 'It is not what it says it is, and was not opened.',
  gone: 'The carrier no longer has it. Ask the patient to send it again.',
  not_fetched: 'The carrier did not hand it over. Ask the patient to send it again.',
}

/** Of a picture that was chosen and not sent: what became of it, and what to do. */
export const GONE_WORDS =
  'The picture is no longer here: what is not sent is kept for a day only. Remove it, and attach it again.'

export function isShownInPlace({ contentType }: Pick<MessageMedia, 'contentType'>): boolean {
  return SHOWN.has(contentType)
}

/** Why a picture is not there, and what to do. */
export function refusalWords(refusal: MediaRefusal | null | undefined): string {
  return REFUSALS[refusal ?? 'kind']
}

/** What it is, where it cannot be shown: `PDF document, 340 kB`. */
export function fileWords({ contentType, bytes }: Pick<MessageMedia, 'contentType' | 'bytes'>): string {
  const kind = KINDS[contentType] ?? 'File'
  return bytes === null ? kind : `${kind}, ${sizeWords(bytes)}`
}

/** Decimal units, as files are shown everywhere: `1 kB`, `340 kB`, `2.4 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 999_500) return `${Math.max(1, Math.round(bytes / 1000))} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** For who cannot see it: whose it is, and which one of several. */
export function pictureName(from: string, place: { readonly number: number; readonly of: number }): string {
  return place.of === 1 ? `Picture from ${from}` : `Picture ${place.number} of ${place.of} from ${from}`
}
