import { spawn } from 'node:child_process'

/**
 * Sees to it that a process does not outlive this one, even when this one is killed without a word: a shell waits for the
 * end of a pipe that only this process holds, and then signals. The returned function calls it off, and settles when
 * nobody waits any more; do so before the process is ended in order, for its number may be somebody else's later. On
 * Windows nobody waits.
 */
export function endWithUs(pid: number, signal: 'KILL' | 'INT'): () => Promise<void> {
  if (process.platform === 'win32') return () => Promise.resolve()
  const waiting = spawn('/bin/sh', ['-c', `read -r _ || kill -s ${signal} ${pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Ctrl-C in a terminal reaches its whole group; this one is to stay until we are gone.
    detached: true,
  })
  const over = new Promise<void>((resolve) => {
    waiting.once('exit', () => resolve())
    waiting.once('error', () => resolve())
  })
  waiting.stdin.on('error', () => undefined)
  waiting.unref()
  const { stdin } = waiting as { stdin: { unref?: () => void } }
  stdin.unref?.()
  return () => {
    waiting.ref()
    waiting.stdin.end('\n')
    return over
  }
}
