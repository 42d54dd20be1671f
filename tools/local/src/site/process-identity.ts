import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { isAlive } from '../is-alive.ts'

/**
 * True when process `pid` lives and is a Node program, as every part of a site but the database is. Numbers are used
 * again after a restart of the machine, so living alone proves little.
 */
export function isOurs(pid: number): boolean {
  if (!isAlive(pid)) return false
  if (process.platform === 'win32') return true
  return /\bnode\b|^next-server|vitest/.test(commandOf(pid))
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  }
}
