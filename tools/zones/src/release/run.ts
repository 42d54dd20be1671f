import { AwsFailure } from '../aws/aws-failure.ts'
import { asStep } from '../infra/apply-progress.ts'
import type { HeldLock } from './lock.ts'
import type { ReleasePorts } from './ports.ts'
import type { StartRecord, StepRecord } from './record.ts'
import { ReleaseStop } from './release-stop.ts'
import type { ShiftRecord } from './shift.ts'
import type { StageLayout } from './stage-layout.ts'

/** The steps of a release, in their order. */
export type StepName =
  | 'lock'
  | 'preflight'
  | 'recover'
  | 'assets'
  | 'migrations'
  | 'upload'
  | 'settle'
  | 'publish'
  | 'dark checks'
  | 'shift'
  | 'flip'
  | 'probes'
  | 'invalidate'
  | 'put back'
  | 'prune'
  | 'record'
  | 'unlock'

/** One run of a command that changes a stage. */
export interface Run {
  readonly id: string
  readonly startedAt: string
  readonly command: 'deploy' | 'rollback' | 'prune'
  readonly person: string
  readonly layout: StageLayout
  readonly ports: ReleasePorts
  readonly steps: StepRecord[]
  /** How long versions took to start that this run called. */
  readonly starts: StartRecord[]
  /** Set once it has it. */
  lock: HeldLock | undefined
  /** True once anything was changed but lock and journal. */
  hasChanged: boolean
  /** What came of a shift so far. Undefined: there was none. */
  shift?: ShiftRecord | undefined
  /** True while it puts back: then nobody interrupts it. */
  isUndoing: boolean
}

/** Does `work` as a step that is seen and written down. It answers what there is to say about it. */
export async function step<Result>(
  run: Run,
  name: StepName,
  title: string,
  work: (say: (text: string) => void) => Promise<Result>,
  told: (result: Result) => string,
): Promise<Result> {
  const startedAt = run.ports.now().toISOString()
  const end = (detail: string, ended: StepRecord['ended']) => {
    run.steps.push({ name, startedAt, endedAt: run.ports.now().toISOString(), detail, ended })
  }
  try {
    return await asStep(
      run.ports.progress,
      title,
      async ({ now }) => {
        const result = await work(now)
        end(told(result), 'well')
        return result
      },
      (result) => `${title}: ${told(result)}`,
    )
  } catch (error) {
    end(reasonOf(error), 'failed')
    throw error
  }
}

/** Does one change, if this run may still change anything. @throws ReleaseStop `lock_lost` */
export async function change<Result>(run: Run, work: () => Promise<Result>): Promise<Result> {
  await run.lock?.check()
  heedInterruption(run)
  run.hasChanged = true
  return work()
}

/** Nobody interrupts what is being put back. @throws ReleaseStop `failed` once the person has had enough */
export function heedInterruption({ isUndoing, ports }: Run): void {
  if (!isUndoing && ports.isInterrupted()) throw new ReleaseStop('failed', 'Interrupted.')
}

/** In words for a person and for the record. Our own bugs are told by their kind: their text is nobody's to show. */
export function reasonOf(error: unknown): string {
  if (error instanceof AwsFailure) return `${error.message} ${error.next}`
  if (error instanceof ReleaseStop) return error.message
  return error instanceof Error ? error.name : 'unknown'
}

/** Waits until `look` is content. @throws ReleaseStop after `atMostMs` */
export async function until(
  { ports }: Run,
  what: string,
  atMostMs: number,
  look: () => Promise<boolean>,
): Promise<void> {
  const startedMs = ports.lock.elapsedMs()
  while (!(await look())) {
    if (ports.lock.elapsedMs() - startedMs > atMostMs) {
      throw new ReleaseStop('failed', `${what} took longer than ${atMostMs / 1000} s.`)
    }
    await ports.wait(ports.everyMs)
  }
}
