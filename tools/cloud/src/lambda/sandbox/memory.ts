import { readFileSync } from 'node:fs'

/** Resident memory of a process, in MB; undefined where the system does not say it in /proc, or the process is gone. */
export interface MemoryUse {
  readonly nowMb: number
  readonly peakMb: number
}

/** @source Linux manual, proc_pid_status(5): VmRSS and VmHWM, in kB */
export function memoryOf(pid: number): MemoryUse | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const [now, peak] = [/^VmRSS:\s+(\d+)/m.exec(status)?.[1], /^VmHWM:\s+(\d+)/m.exec(status)?.[1]]
    if (now === undefined || peak === undefined) return undefined
    return { nowMb: Number(now) / 1024, peakMb: Number(peak) / 1024 }
  } catch {
    return undefined
  }
}
