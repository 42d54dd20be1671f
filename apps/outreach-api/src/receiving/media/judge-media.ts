import type { MediaRefusal } from '@sax/api-contract'

/** Most that is kept. @source Twilio documentation, "Accepted content types for media" (5 MB) */
export const MAX_MEDIA_BYTES = 5 * 1024 * 1024

/** What patients send and a screen can show without running anything. */
const SHOWN: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/heic',
  'video/mp4',
  'video/3gpp',
  'application/pdf',
])

/** Other names of the same. */
const SAME: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/heif': 'image/heic',
}

export type JudgedMedia =
  | { readonly kind: 'good'; readonly contentType: string }
  | { readonly kind: 'bad'; readonly why: Extract<MediaRefusal, 'too_large' | 'kind' | 'mismatch'> }

/** What a file is by its own bytes; bad unless that is what it says it is and what is shown. */
export async function judgeMedia(bytes: Uint8Array, says: string): Promise<JudgedMedia> {
  if (bytes.length > MAX_MEDIA_BYTES) return { kind: 'bad', why: 'too_large' }
  // Most sandboxes never see a file: what knows them is read with the first one.
  const { fileTypeFromBuffer } = await import('file-type')
  const found = nameOf((await fileTypeFromBuffer(bytes))?.mime ?? '')
  if (!SHOWN.has(nameOf(says))) return { kind: 'bad', why: 'kind' }
  return found === nameOf(says) ? { kind: 'good', contentType: found } : { kind: 'bad', why: 'mismatch' }
}

function nameOf(type: string): string {
  const plain = (type.split(';')[0] ?? '').trim().toLowerCase()
  return Object.hasOwn(SAME, plain) ? (SAME[plain] ?? plain) : plain
}
