import type { Duplex } from 'node:stream'

/** Larger than what any server behind this takes. */
const LIMIT_BYTES = 131_072

/**
 * Host of the first request on a connection; an empty text when the request names none; undefined when the connection
 * ends, or says too much or nothing for too long, before its head is whole. What was read is put back, so that whoever
 * takes the connection next misses nothing.
 */
export function firstHost(socket: Duplex, withinMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    let head = Buffer.alloc(0)
    const finish = (host: string | undefined): void => {
      clearTimeout(timer)
      socket.off('readable', read)
      socket.off('close', ended)
      socket.off('end', ended)
      resolve(host)
    }
    const read = (): void => {
      for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null) {
        head = Buffer.concat([head, chunk])
      }
      const end = head.indexOf('\r\n\r\n')
      if (end === -1) {
        if (head.length > LIMIT_BYTES) finish(undefined)
        return
      }
      const host = /^host:[ \t]*([^\r\n]*?)[ \t]*$/im.exec(head.subarray(0, end).toString('latin1'))?.[1] ?? ''
      finish(host)
      socket.unshift(head)
    }
    const ended = (): void => finish(undefined)
    const timer = setTimeout(ended, withinMs)
    socket.on('readable', read)
    socket.once('close', ended)
    socket.once('end', ended)
    read()
  })
}
