import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** So much memory comes with one vCPU. @source AWS Lambda Developer Guide, "Configure Lambda function memory" */
const MB_PER_CPU = 1769
/**
 * While it starts, a function on demand has a whole vCPU whatever its memory is.
 * @source Serverless Land (AWS), "Effectively running Java on Serverless: Utilize initialization phase"
 */
const VCPUS_WHILE_STARTING = 1
const PERIOD_US = 20_000

/** What a sandbox gets of the processor. */
export interface CpuShare {
  /** In vCPUs, once it has started; `full`: this machine does not let us limit it. */
  readonly vcpus: number | 'full'
  /** A process that writes its id into this file is limited; absent: nothing limits. */
  readonly processesFile?: string
  /** It has started: from now on it has what its memory brings, where it had a whole vCPU before. */
  readonly started: () => void
  /** Takes the limit away when no process is left. */
  readonly release: () => void
}

/** Gives each sandbox the share of its memory, where control groups may be made: as root on Linux. */
export interface CpuShares {
  readonly shareOf: (memoryMb: number) => CpuShare
  /** The control group above all; undefined where there is none. */
  readonly folder: string | undefined
  readonly close: () => void
}

interface Hierarchy {
  readonly root: string
  readonly limit: (folder: string, quotaUs: number) => void
  /** How much a group counts where there is not enough for all; 1: as much as any process. */
  readonly weigh: (folder: string, weight: number) => void
  readonly prepare?: (folder: string) => void
}

/**
 * Functions do not slow each other down at AWS. Where one computer has not enough for all, those that answer come before
 * those that start, and all together before whoever else works here.
 */
const WEIGHTS = { starting: 0.25, started: 1, together: 8 } as const

/** @source Linux kernel documentation, "CFS Bandwidth Control", "CFS Scheduler" and "Control Group v2", CPU interface files */
const HIERARCHIES: readonly Hierarchy[] = [
  {
    root: '/sys/fs/cgroup/cpu',
    limit: (folder, quotaUs) => {
      writeFileSync(join(folder, 'cpu.cfs_period_us'), String(PERIOD_US))
      writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(quotaUs))
    },
    weigh: (folder, weight) => writeFileSync(join(folder, 'cpu.shares'), String(Math.round(1024 * weight))),
  },
  {
    root: '/sys/fs/cgroup',
    prepare: (folder) => writeFileSync(join(folder, 'cgroup.subtree_control'), '+cpu'),
    limit: (folder, quotaUs) => writeFileSync(join(folder, 'cpu.max'), `${quotaUs} ${PERIOD_US}`),
    weigh: (folder, weight) => writeFileSync(join(folder, 'cpu.weight'), String(Math.round(100 * weight))),
  },
]

/** @param name of the control group that is made for all sandboxes */
export function cpuShares(name: string): CpuShares {
  for (const { root, limit, weigh, prepare } of HIERARCHIES) {
    const folder = join(root, name)
    try {
      mkdirSync(folder)
    } catch {
      // There is no such hierarchy, or it is not ours to change.
      continue
    }
    try {
      prepare?.(folder)
      weigh(folder, WEIGHTS.together)
      const probe = limited(folder, 'probe', (made) => limit(made, PERIOD_US))
      probe.release()
    } catch {
      remove(folder)
      continue
    }
    let made = 0
    return {
      folder,
      close: () => remove(folder),
      shareOf: (memoryMb) => {
        const vcpus = memoryMb / MB_PER_CPU
        const give = (one: string, share: number, weight: number) => {
          limit(one, Math.round(share * PERIOD_US))
          weigh(one, weight)
        }
        const own = limited(folder, String(made++), (one) =>
          give(one, Math.max(VCPUS_WHILE_STARTING, vcpus), WEIGHTS.starting),
        )
        const started = () => {
          if (existsSync(own.folder)) give(own.folder, vcpus, WEIGHTS.started)
        }
        return { vcpus, ...own, started }
      },
    }
  }
  return {
    folder: undefined,
    close: () => undefined,
    shareOf: () => ({ vcpus: 'full', started: () => undefined, release: () => undefined }),
  }
}

function limited(parent: string, name: string, limit: (folder: string) => void) {
  const folder = join(parent, name)
  mkdirSync(folder)
  limit(folder)
  return { folder, processesFile: join(folder, 'cgroup.procs'), release: () => remove(folder) }
}

/** A group whose last process is still being buried stays; whoever ends the sandboxes removes it then. */
function remove(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {}
}
