import type { Trial } from './killed-trial.ts'
import { type PlacedCut, RENEWAL } from './release-cuts.ts'
import type { StageForm } from './stage-form.ts'

/** What a command comes to that nobody kills, and its steps. */
export interface Whole {
  readonly steps: readonly string[]
  readonly form: StageForm
}

export type Wholes = Readonly<Record<Trial['command'], Whole>>

/** A form, or of a deploy that is undone before all of it was brought, the part of it that is owed. */
export type Owed = Omit<StageForm, 'fresh'> & { readonly fresh?: StageForm['fresh'] }

/** What a stage must be found at after the command that follows a cut, from what whole commands come to. */
export function owedAfter({ command, next }: Trial, cut: PlacedCut, wholes: Wholes): Owed {
  const whole = wholes[command]
  // Whatever a rollback comes after, and what comes after a rollback.
  const { rollback } = wholes
  const deploy = wholes[command === 'rollback' ? 'deploy' : command]
  if (cut.step === RENEWAL) return whole.form
  const steps = whole.steps.filter((step) => step !== RENEWAL)
  const isDone = (step: string) => cut.carriedOut > steps.indexOf(step)
  const isSwitching = isDone('PutObject work.json switching')
  const isRecorded = isDone('PutObject work.json none')
  const isOver = isDone('PutObject lock.json free')
  const before = recast(deploy.form, { fresh: 'live', live: 'previous' })

  if (command !== 'rollback' && next === 'same') {
    const again = [...deploy.form.records, 'deploy done fresh > fresh']
    return isRecorded ? { ...deploy.form, records: again } : deploy.form
  }
  if (command !== 'rollback') {
    // Nobody knows of a deploy that has not even the lock: the rollback goes back from what is live.
    if (cut.carriedOut === 0) return rollback.form
    if (!isSwitching) return { ...without(before), records: [] }
    if (!isRecorded) return { ...before, fresh: deploy.form.fresh, records: ['deploy undone live > fresh'] }
    const records = [...deploy.form.records, 'rollback done fresh > live']
    return { ...before, previous: deploy.form.current, fresh: deploy.form.fresh, records }
  }
  if (next === 'same') {
    // Once the lock is given back it has ended, whether anybody heard of it or not: the next one goes forward again.
    const there = [...rollback.form.records, 'rollback done previous > live']
    return isOver ? { ...before, fresh: rollback.form.fresh, records: there } : rollback.form
  }
  if (!isSwitching) return deploy.form
  if (!isRecorded) return { ...deploy.form, records: ['rollback undone live > previous', ...deploy.form.records] }
  const records = [...rollback.form.records, 'deploy done previous > fresh']
  return { ...deploy.form, previous: rollback.form.current, records }
}

/** The same with other parts in the places of these. */
function recast(form: StageForm, parts: Readonly<Record<string, string>>): StageForm {
  const other = <Value>(value: Value): Value =>
    JSON.parse(JSON.stringify(value), (_name, text: unknown) =>
      typeof text === 'string' ? (parts[text] ?? text) : text,
    )
  const { aliases, fixedFiles, current, previous } = other(form)
  return { ...form, aliases, fixedFiles, current, previous }
}

function without({ fresh: _, ...rest }: StageForm): Owed {
  return rest
}
