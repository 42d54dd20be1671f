import type { KillableStage, RunnableArtefact } from './killable-stage.ts'
import type { Cut } from './killed-command.ts'
import { type Cast, type StageForm, stageReader } from './stage-form.ts'

/** A command, killed somewhere, and what is done about it. */
export interface Trial {
  readonly command: 'deploy' | 'rollback'
  /** Undefined: it is not killed, and nothing is done about it. */
  readonly cut?: Cut
  /** `same`: it is given again. `other`: a rollback after a deploy, and a deploy of something else after a rollback. `none`: nothing is done. */
  readonly next: 'same' | 'other' | 'none'
}

export interface Tried {
  /** Undefined: nothing was killed. */
  readonly killed: { readonly code: number | null; readonly told: string } | undefined
  readonly ended: { readonly code: number | null; readonly told: string }
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
        given === 'deploy' ? stage.deploy(cast.fresh, at) : stage.rollback(at)
      const first = await give(command, cut)
      const other = command === 'deploy' ? 'rollback' : 'deploy'
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
        steps: first.steps,
        form,
      }
    },
  }
}
