import { writeSync } from 'node:fs'

const STDOUT = 1
const FULL_PIPE_MS = 10

/** Writes at once and in whole, so that a line is out when the process ends or is frozen behind it. */
export const standardOutput = {
  write(line: string): void {
    const bytes = Buffer.from(line)
    for (let written = 0; written < bytes.length; ) {
      try {
        written += writeSync(STDOUT, bytes, written)
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined
        // Nobody reads any more. Whoever does the work goes on.
        if (code === 'EPIPE') return
        if (code !== 'EAGAIN') throw error
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_MS)
      }
    }
  },
}
