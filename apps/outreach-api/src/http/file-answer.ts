import { errorFields, type Logger } from '@sax/logging'
import { MediaStorageError } from '../receiving/media/media-key.ts'
import type { MediaStorage } from '../receiving/media/media-ports.ts'
import type { KeptMedia } from '../store/stored-media.ts'
import { notFound, Refusal } from './refusal.ts'

/** What a browser may show in its place. Everything else is saved, and opened by whom the person chooses. */
const SHOWN_INLINE: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp'])

/** Ends of file names, by type. @source Twilio documentation, "Accepted content types for media" (names up to 20 characters) */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'application/pdf': 'pdf',
}

const RANGE = /^bytes=(\d{1,9})-(\d{1,9})$/

export interface FileAnswerDeps {
  readonly media: MediaStorage
  readonly logger: Logger
}

/**
 * A kept picture as an answer: all of it, or the part that `range` asks for. Nothing in it can run, whatever it is: it is
 * shown as what it was verified to be, and by itself it is a page without scripts, origin or anything to load.
 * @throws Refusal 404 when storage has nothing, 503 when it does not answer
 */
export async function fileAnswer(
  { media, logger }: FileAnswerDeps,
  kept: KeptMedia,
  {
    range,
    requestId,
    bodiless = false,
  }: { readonly range: string | undefined; readonly requestId: string; readonly bodiless?: boolean },
): Promise<Response> {
  const part = partOf(range, kept.bytes)
  const found = await media.get(kept.storageKey, part).catch(storageFailed(logger, requestId))
  if (found === undefined) {
    logger.error('a kept picture is not in storage', { requestId })
    throw notFound('picture')
  }
  if (bodiless) await found.body.cancel()
  const inline = SHOWN_INLINE.has(kept.contentType)
  return new Response(bodiless ? null : found.body, {
    status: part === undefined ? 200 : 206,
    headers: {
      'content-type': kept.contentType,
      'content-length': String(found.bytes),
      ...(part === undefined ? {} : { 'content-range': `bytes ${part.first}-${part.last}/${kept.bytes}` }),
      'content-disposition': `${inline ? 'inline' : 'attachment'}; filename="picture.${ENDINGS[kept.contentType] ?? 'bin'}"`,
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
    },
  })
}

/** What a person is told when storage does not do its part. @throws Refusal 503 */
export function storageFailed(logger: Logger, requestId: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof MediaStorageError)) throw error
    logger.error('storage of pictures failed', { requestId, ...errorFields(error) })
    throw new Refusal(503, 'UPSTREAM_UNAVAILABLE', 'Pictures are not available now. Try again in a moment.')
  }
}

/** What lies outside of the file is not asked for: then it is answered whole. @source RFC 9110, section 14.2, "Range" */
function partOf(
  range: string | undefined,
  bytes: number,
): { readonly first: number; readonly last: number } | undefined {
  const [, from, to] = RANGE.exec(range ?? '') ?? []
  if (from === undefined || to === undefined) return undefined
  const [first, last] = [Number(from), Math.min(Number(to), bytes - 1)]
  return first <= last ? { first, last } : undefined
}
