import { arch, cpus, platform, totalmem } from 'node:os'
import { memoryLatencyNs } from './memory-latency.ts'

export interface Machine {
  readonly date: string
  readonly release: string
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly system: string
  readonly node: string
  /** A read that goes anywhere in 8 MB, nanoseconds: computers of one name may differ in it by ten times. */
  readonly readNs: number
  /** Load average of the last minute when the run began: other work on the machine makes every number worse. */
  readonly loadBefore: number
}

export function thisMachine(release: string, loadBefore: number): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    release,
    cpu: cpus()[0]?.model.trim() ?? 'unknown CPU',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
    readNs: memoryLatencyNs(() => performance.now()),
    loadBefore,
  }
}

/** The machine in one line, for figures say nothing without it. */
export function machineLine({
  date,
  release,
  cores,
  cpu,
  memoryGb,
  system,
  node,
  readNs,
  loadBefore,
}: Machine): string {
  return `${date}, release ${release}: ${cores} × ${cpu}, ${memoryGb} GB, ${system}, Node ${node}. A read in 8 MB: ${readNs.toFixed(0)} ns. Load before the run: ${loadBefore.toFixed(1)}.`
}
