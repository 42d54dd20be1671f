import { ApiError } from '@sax/api-contract/client'
import { Button } from '@sax/ui/button'
import { ImageOff, LoaderCircle, RotateCw, X } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { problemOf } from '../../shell/problem.ts'
import { pictureUrl } from '../thread/picture-url.ts'
import { GONE_WORDS, sizeWords } from '../thread/picture-words.ts'
import type { DraftPicture } from './message-draft.ts'
import { pictureProblem } from './picture-rules.ts'

export interface AttachedPictureProps {
  readonly conversationId: string
  /** Chosen, and to be brought to the server. */
  readonly file: File | undefined
  /** At the server already. */
  readonly picture: DraftPicture | undefined
  /** The server no longer has it. */
  readonly gone: boolean
  readonly onStored: (picture: DraftPicture) => void
  readonly onGone: (id: string) => void
  readonly onRemove: () => void
}

/** The picture that will go with the message: on its way to the server, there, or not taken and why. */
export function AttachedPicture(props: AttachedPictureProps) {
  const { conversationId, file, picture, gone, onStored, onGone, onRemove } = props
  return (
    <div className="flex items-center gap-3 rounded-lg border bg-muted/50 p-2">
      {file === undefined ? (
        picture && <Stored key={picture.id} picture={picture} gone={gone} onGone={onGone} />
      ) : (
        <Arriving
          key={`${file.name} ${file.lastModified}`}
          file={file}
          conversationId={conversationId}
          onStored={onStored}
        />
      )}
      <Button
        size="icon"
        variant="ghost"
        className="ms-auto size-8 shrink-0 self-start"
        aria-label="Remove the picture"
        onClick={onRemove}
      >
        <X aria-hidden />
      </Button>
    </div>
  )
}

interface StoredProps extends Pick<AttachedPictureProps, 'gone' | 'onGone'> {
  readonly picture: DraftPicture
}

function Stored({ picture: { id, bytes }, gone, onGone }: StoredProps) {
  const api = useApi()
  const [attempt, setAttempt] = useState(0)
  // An image says that it did not load, and not why. Asked by the client, which renews a user context that has ended.
  const ask = () => {
    if (attempt > 0) return
    api.call('getMedia', { params: { id } }).then(
      () => setAttempt(1),
      (error: unknown) => {
        if (error instanceof ApiError && error.status === 404) onGone(id)
      },
    )
  }
  if (gone) {
    return (
      <>
        <NoPicture />
        <p role="alert" className="min-w-0 text-danger text-sm">
          {GONE_WORDS}
        </p>
      </>
    )
  }
  return (
    <>
      {/* biome-ignore lint/performance/noImgElement: a server that made it smaller would have no right to see it */}
      <img
        src={pictureUrl(id, attempt)}
        alt="Goes with this message"
        width={64}
        height={64}
        className="size-16 shrink-0 rounded-md border bg-muted object-cover"
        onError={ask}
      />
      <p className="text-sm">
        Picture, {sizeWords(bytes)}
        <span className="block text-muted-foreground text-xs">Goes with this message</span>
      </p>
    </>
  )
}

interface ArrivingProps extends Pick<AttachedPictureProps, 'conversationId' | 'onStored'> {
  readonly file: File
}

function Arriving({ file, conversationId, onStored }: ArrivingProps) {
  const api = useApi()
  const refused = pictureProblem(file)
  const [attempt, setAttempt] = useState(0)
  const [failure, setFailure] = useState<string>()
  // What has been written meanwhile is kept: the draft of now, not of then.
  const stored = useEffectEvent(onStored)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another upload
  useEffect(() => {
    if (refused !== undefined) return
    const controller = new AbortController()
    api
      .call('uploadMedia', { params: { id: conversationId }, body: file, signal: controller.signal })
      .then(({ data }) => stored(data))
      .catch((error: unknown) => {
        if (!controller.signal.aborted) setFailure(problemOf(error).description)
      })
    return () => controller.abort()
  }, [api, conversationId, file, refused, attempt])

  const problem = refused ?? failure
  return (
    <>
      <NoPicture arriving={problem === undefined} />
      {problem === undefined ? (
        <p role="status" className="text-sm">
          The picture is on its way, {sizeWords(file.size)}
          <span className="block text-muted-foreground text-xs">The message can be sent when it is there.</span>
        </p>
      ) : (
        <div role="alert" className="flex min-w-0 flex-col items-start gap-1 text-danger text-sm">
          <p>{refused ?? `The picture could not be stored. ${problem}`}</p>
          {refused === undefined ? (
            <Button
              size="sm"
              onClick={() => {
                setFailure(undefined)
                setAttempt(attempt + 1)
              }}
            >
              <RotateCw aria-hidden />
              Try again
            </Button>
          ) : null}
        </div>
      )}
    </>
  )
}

/** Where the picture would be. */
function NoPicture({ arriving = false }: { readonly arriving?: boolean }) {
  return (
    <span
      aria-hidden
      className="flex size-16 shrink-0 items-center justify-center rounded-md border bg-muted text-muted-foreground"
    >
      {arriving ? (
        <LoaderCircle className="size-5 animate-spin motion-reduce:animate-none" />
      ) : (
        <ImageOff className="size-5" />
      )}
    </span>
  )
}
