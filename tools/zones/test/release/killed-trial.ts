import type { KillableStage, Ran, RunnableArtefact } from './killable-stage.ts'
import type { Cut } from './killed-command.ts'
import { type Cast, type StageForm, stageReader } from './stage-form.ts'

/** A command, killed somewhere, and what is done about it. */
export interface Trial {
  readonly command: 'deploy' | 'shift' | 'promote' | 'rollback'
  /** Undefined: it is not killed, and nothing is done about it. */
  readonly cut?: Cut
  /** `same`: it is given again. `other`: a rollback after what goes forward, and a deploy of something else after a rollback. `none`: nothing is done. */
  readonly next: 'same' | 'other' | 'none'
}

export interface Tried {
  /** Undefined: nothing was killed. */
  readonly killed: { readonly code: number | null; readonly told: string } | undefined
  readonly ended: { readonly code: number | null; readonly told: string }
  /** How long after the last word of the first command the next one had its lock. Undefined: nothing was held. */
  readonly tookOverAfterMs: number | undefined
  /** Steps of the first command that were carried out. */
  readonly steps: readonly string[]
  readonly form: StageForm
}

/** One stage at which trials follow one another, each from where the last one left it: with one release live and one before it. */
export interface Trials {
  readonly begin: () => Promise<void>
  readonly run: (trial: Trial) => Promise<Tried>
}

export function trialsAt(stage: KillableStage): Trials {
  const reader = stageReader(stage.cloud, stage.layout)
  let live = stage.artefact()
  let previous = live
  return {
    begin: async () => {
      const first = stage.artefact()
      for (const artefact of [first, live]) {
        const { code, stderr } = await stage.deploy(artefact)
        if (code !== 0) throw new Error(stderr)
      }
      previous = first
    },
    run: async ({ command, cut, next }) => {
      const cast: Cast = { live, previous, fresh: stage.artefact() }
      const known = await reader.records()
      const give = (given: Trial['command'], at?: Cut) =>
        given === 'rollback' ? stage.rollback(at) : stage[given](cast.fresh, at)
      const first = await give(command, cut)
      const other = command === 'rollback' ? 'deploy' : 'rollback'
      const last = cut === undefined || next === 'none' ? first : await give(next === 'same' ? command : other)
      const form = await reader.form(cast, known)
      const at = (set: Readonly<Record<string, string>>): RunnableArtefact =>
        cast[(Object.values(set)[0] ?? 'live') as keyof Cast] ?? cast.live
      live = at(form.current)
      previous = form.previous[Object.keys(form.previous)[0] ?? ''] === 'another' ? cast.live : at(form.previous)
      const told = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => `${stdout}\n${stderr}`
      return {
        killed: cut === undefined ? undefined : { code: first.code, told: told(first) },
        ended: { code: last.code, told: told(last) },
        tookOverAfterMs: last === first ? undefined : tookOverAfterMs(first, last),
        steps: first.steps,
        form,
      }
    },
  }
}

/** From the last time that `first` wrote that the lock is its own until `next` wrote the same. */
export function tookOverAfterMs(first: Ran, next: Ran): number | undefined {
  const isHeld = (step: string) => step.startsWith('PutObject lock.json held')
  const last = first.steps.findLastIndex((step) => step.startsWith('PutObject lock.json'))
  const taken = next.steps.findIndex(isHeld)
  if (last === -1 || taken === -1 || !isHeld(first.steps[last] ?? '')) return undefined
  return (next.doneAtMs[taken] ?? 0) - (first.doneAtMs[last] ?? 0)
}
