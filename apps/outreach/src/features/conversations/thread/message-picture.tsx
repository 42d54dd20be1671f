import type { MessageMedia } from '@sax/api-contract'
import { Button } from '@sax/ui/button'
import { cn } from '@sax/ui/class-names'
import { Download, ImageOff, LoaderCircle, RotateCw } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { pictureUrl } from './picture-url.ts'
import { fileWords, isShownInPlace, refusalWords } from './picture-words.ts'

const PictureDialog = lazy(async () => ({ default: (await import('./picture-dialog.tsx')).PictureDialog }))

export interface MessagePictureProps {
  readonly media: MessageMedia
  readonly conversationId: string
  /** For who cannot see it. */
  readonly name: string
}

/** A picture of a message in its place, or what became of it. Every state is of one size: nothing jumps. */
export function MessagePicture({ media, conversationId, name }: MessagePictureProps) {
  switch (media.verdict) {
    case 'waiting':
      return (
        <Place>
          <LoaderCircle aria-hidden className="size-4 animate-spin motion-reduce:animate-none" />
          The picture is being fetched
        </Place>
      )
    case 'refused':
      return (
        <Place>
          <ImageOff aria-hidden className="size-4" />
          <span>
            <strong className="font-semibold">Attachment not kept.</strong> {refusalWords(media.refusal)}
          </span>
        </Place>
      )
    case 'kept':
      return isShownInPlace(media) ? (
        <Thumbnail id={media.id} conversationId={conversationId} name={name} />
      ) : (
        <Place>
          {fileWords(media)}
          <Button asChild size="sm">
            <a href={pictureUrl(media.id)} download>
              <Download aria-hidden />
              Save
            </a>
          </Button>
        </Place>
      )
  }
}

interface ThumbnailProps extends Pick<MessagePictureProps, 'conversationId' | 'name'> {
  readonly id: string
}

function Thumbnail({ id, conversationId, name }: ThumbnailProps) {
  const api = useApi()
  const [attempt, setAttempt] = useState(0)
  const [failed, setFailed] = useState(false)
  const [retrying, setRetrying] = useState(false)
  const [open, setOpen] = useState(false)
  const src = pictureUrl(id, attempt)

  const retry = async () => {
    setRetrying(true)
    // Asked by the client, which renews a user context that has ended; a picture alone cannot.
    await api.call('listMessages', { params: { id: conversationId }, query: { limit: 1 } }).catch(() => undefined)
    setRetrying(false)
    setFailed(false)
    setAttempt(attempt + 1)
  }
  if (failed) {
    return (
      <Place alert>
        <span>The picture did not load. It is kept.</span>
        <Button size="sm" busy={retrying} onClick={() => void retry()}>
          <RotateCw aria-hidden />
          Try again
        </Button>
      </Place>
    )
  }
  return (
    <>
      <button
        type="button"
        aria-label={`${name}, open it`}
        className="focus-ring mb-1 block overflow-hidden rounded-lg border bg-muted last:mb-0"
        onClick={() => setOpen(true)}
      >
        {/* biome-ignore lint/performance/noImgElement: a server that made it smaller would have no right to see it */}
        <img
          src={src}
          alt={name}
          loading="lazy"
          decoding="async"
          width={224}
          height={168}
          className="h-42 w-56 object-cover"
          onError={() => setFailed(true)}
        />
      </button>
      {open ? (
        <Suspense>
          <PictureDialog src={src} name={name} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

/** Where a picture would be. */
function Place({ children, alert = false }: { readonly children: ReactNode; readonly alert?: boolean }) {
  return (
    <div
      role={alert ? 'alert' : undefined}
      className={cn(
        'mb-1 flex h-42 w-56 max-w-full flex-col items-center justify-center gap-2 rounded-lg border border-dashed bg-muted/50 p-3 text-center text-muted-foreground text-sm last:mb-0',
      )}
    >
      {children}
    </div>
  )
}
