/** A body while it comes from the origin, and what has come of it. */
export interface GrowingBody {
  /** A viewer's own reading from the first byte on, at its own pace; undefined when the beginning is no longer held. */
  read(): ReadableStream<Uint8Array> | undefined
  /** Resolves when nothing more comes, whatever the reason. */
  readonly ended: Promise<void>
}

export interface GrowingBodyOptions {
  readonly source: ReadableStream<Uint8Array>
  /** Whether this many bytes of this body may be held in memory. */
  readonly mayHold: (bytes: number) => boolean
  /** The whole body, once, before any viewer sees its end. */
  readonly onWhole: (bytes: Uint8Array<ArrayBuffer>) => void
  /** Once, when there will be no whole body: it broke, was too large to hold, or its last viewer left. */
  readonly onLost: () => void
}

/**
 * Reads a body once for any number of viewers. While it may be held it is read at the origin's pace and every viewer can
 * begin at its first byte. When it grows beyond that, it is no longer kept and is passed on at the pace of the slowest
 * viewer, a chunk at a time. It is cut when it has had viewers and the last one leaves.
 * @source AWS CloudFront Developer Guide, "Canceled requests" and "Dropped TCP connections"
 */
export function growBody({ source, mayHold, onWhole, onLost }: GrowingBodyOptions): GrowingBody {
  const reader = source.getReader()
  const viewers = new Set<{ at: number }>()
  let chunks: Uint8Array[] = []
  let droppedChunks = 0
  let totalBytes = 0
  let phase: 'held' | 'passed_on' | 'ended' | 'broken' = 'held'
  let failure: unknown
  let change = Promise.withResolvers<void>()

  const changed = (): void => {
    change.resolve()
    change = Promise.withResolvers()
  }
  const lose = (next: 'passed_on' | 'broken'): void => {
    if (phase === 'held') onLost()
    phase = next
  }
  const cut = async (reason: unknown): Promise<void> => {
    failure = reason
    lose('broken')
    changed()
    await reader.cancel(reason).catch(() => undefined)
  }
  const everyoneHasRead = async (): Promise<void> => {
    const last = (): number => droppedChunks + chunks.length
    while ([...viewers].some(({ at }) => at < last())) await change.promise
    droppedChunks = last()
    chunks = []
  }

  const readAll = async (): Promise<void> => {
    try {
      for (;;) {
        if (phase === 'passed_on') {
          await everyoneHasRead()
          if (viewers.size === 0) await cut(new Error('nobody reads this body'))
        }
        const { done, value } = await reader.read()
        if (phase === 'broken') return
        if (done) break
        totalBytes += value.byteLength
        chunks.push(value)
        if (phase === 'held' && !mayHold(totalBytes)) lose('passed_on')
        changed()
      }
      if (phase === 'held') onWhole(joined(chunks, totalBytes))
      phase = 'ended'
      changed()
    } catch (error) {
      await cut(error)
    }
  }

  const read = (): ReadableStream<Uint8Array> | undefined => {
    if (droppedChunks > 0 || phase === 'passed_on' || phase === 'broken') return undefined
    const viewer = { at: 0 }
    viewers.add(viewer)
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          for (;;) {
            const chunk = chunks[viewer.at - droppedChunks]
            if (chunk !== undefined) {
              controller.enqueue(chunk)
              viewer.at += 1
              if (phase === 'passed_on') changed()
              return
            }
            if (phase === 'ended') {
              viewers.delete(viewer)
              return controller.close()
            }
            if (phase === 'broken') return controller.error(failure)
            await change.promise
          }
        },
        async cancel(reason) {
          viewers.delete(viewer)
          if (viewers.size === 0 && phase !== 'ended') await cut(reason)
          else changed()
        },
      },
      { highWaterMark: 0 },
    )
  }

  return { read, ended: readAll() }
}

function joined(chunks: readonly Uint8Array[], totalBytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(totalBytes)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}
