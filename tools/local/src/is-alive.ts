import { readFileSync } from 'node:fs'

/**
 * True when process `pid` exists, also when it is somebody else's. One that has ended and only waits for whoever
 * started it to look is not alive, where the system says so.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return !hasEnded(pid)
}

/** @source Linux, proc_pid_stat(5): the state follows the name, which stands in brackets and may hold any character */
function hasEnded(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return /^[ZXx]/.test(stat.slice(stat.lastIndexOf(')') + 2))
  } catch {
    return true
  }
}
