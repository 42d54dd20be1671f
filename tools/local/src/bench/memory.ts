import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface Memory {
  readonly part: string
  readonly megabytes: number
}

/**
 * Memory of each part and everything it started, in MB. On Linux the proportional share (PSS), so that pages used by
 * several processes count once; elsewhere the resident size.
 */
export function memoryOf(parts: Readonly<Record<string, number>>): readonly Memory[] {
  const children = childrenOfAll()
  return Object.entries(parts).map(([part, pid]) => ({
    part,
    megabytes: Math.round(familyOf(pid, children).reduce((sum, one) => sum + kilobytesOf(one), 0) / 1024),
  }))
}

function familyOf(pid: number, children: ReadonlyMap<number, readonly number[]>): readonly number[] {
  return [pid, ...(children.get(pid) ?? []).flatMap((child) => familyOf(child, children))]
}

function childrenOfAll(): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>()
  for (const [pid, parent] of processes()) children.set(parent, [...(children.get(parent) ?? []), pid])
  return children
}

function processes(): readonly (readonly [pid: number, parent: number])[] {
  if (process.platform === 'win32') return []
  return spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0]) => [pid, parent] as const)
}

/** Memory of one process in kB, as `memoryOf` counts it. 0 when it is gone. */
export function kilobytesOf(pid: number): number {
  try {
    if (process.platform === 'linux')
      return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim() || 0)
}

/** True when this system says what the numbers mean; a person reads them differently. */
export function isProportional(): boolean {
  return process.platform === 'linux' && readdirSync('/proc/self').includes('smaps_rollup')
}
