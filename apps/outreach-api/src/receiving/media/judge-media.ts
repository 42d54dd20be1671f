import { fileTypeFromBuffer } from 'file-type'

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

/** What a file is by its own bytes, when that is what it says it is and what is shown; undefined otherwise. */
export async function judgeMedia(bytes: Uint8Array, says: string): Promise<string | undefined> {
  if (bytes.length === 0 || bytes.length > MAX_MEDIA_BYTES) return undefined
  const found = nameOf((await fileTypeFromBuffer(bytes))?.mime ?? '')
  return found === nameOf(says) && SHOWN.has(found) ? found : undefined
}

function nameOf(type: string): string {
  const plain = (type.split(';')[0] ?? '').trim().toLowerCase()
  return Object.hasOwn(SAME, plain) ? (SAME[plain] ?? plain) : plain
}
