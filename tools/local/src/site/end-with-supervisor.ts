import { fstatSync } from 'node:fs'
import { Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'

/**
 * Imported into each part before its own code (`node --import`). The supervisor holds the other end of a pipe and
 * never writes to it; when even a kill -9 has taken the supervisor away, the pipe ends and the part stops itself.
 * Processes that a part forks have a channel of their own in that place and are left alone.
 */
const PIPE = 3

if (isMainThread && process.channel === undefined && isPipe()) {
  const pipe = new Socket({ fd: PIPE, readable: true, writable: false })
  pipe.on('error', () => undefined)
  pipe.on('close', () => process.kill(process.pid, 'SIGTERM'))
  pipe.resume()
  pipe.unref()
}

function isPipe(): boolean {
  try {
    const file = fstatSync(PIPE)
    return file.isFIFO() || file.isSocket()
  } catch {
    return false
  }
}
