import { arch, cpus, platform, totalmem } from 'node:os'

export interface Machine {
  readonly date: string
  readonly release: string
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly system: string
  readonly node: string
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
    loadBefore,
  }
}

/** The machine in one line, for figures say nothing without it. */
export function machineLine({ date, release, cores, cpu, memoryGb, system, node, loadBefore }: Machine): string {
  return `${date}, release ${release}: ${cores} × ${cpu}, ${memoryGb} GB, ${system}, Node ${node}. Load before the run: ${loadBefore.toFixed(1)}.`
}
