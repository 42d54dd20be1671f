import type { Readable } from 'node:stream'

/**
 * What a Node stream holds, as a web stream, read no faster than it is asked for and never copied. `leave` is called
 * when nobody wants the rest; default: the source is destroyed.
 *
 * Not `Readable.toWeb`: when its reader leaves between asking for a chunk and getting it, the chunk is put into a
 * stream that is closed, and that ends the process (Node 24.21).
 */
export function webStream(source: Readable, leave: () => void = () => source.destroy()): ReadableStream<Uint8Array> {
  let isOver = false
  const once = (last: () => void) => () => {
    if (isOver) return
    isOver = true
    last()
  }
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        source.on('data', (chunk: Uint8Array) => {
          if (isOver) return
          controller.enqueue(chunk)
          source.pause()
        })
        const close = once(() => controller.close())
        const cut = once(() => controller.error(source.errored ?? new Error('the stream ended early')))
        source.on('end', close).on('error', cut).on('close', cut)
        source.pause()
        if (source.readableEnded) close()
        else if (source.destroyed) cut()
      },
      pull: () => void source.resume(),
      cancel: once(leave),
    },
    { highWaterMark: 0 },
  )
}
