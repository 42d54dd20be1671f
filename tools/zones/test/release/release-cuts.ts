import type { Cut } from './killed-command.ts'

/** A cut, and how many steps of the whole command are carried out when it comes. */
export interface PlacedCut extends Cut {
  readonly carriedOut: number
}

/** Renewals come with time, so that nobody can say which step they come after. */
export const RENEWAL = 'PutObject lock.json held on'

/** The steps of a run in their order, but for renewals. */
export function stepsOf(run: readonly string[]): readonly string[] {
  return run.filter((step) => step !== RENEWAL)
}

/** Every place at which a command can be killed, from the steps of a run that nobody killed: before each and after each. */
export function cutsOf(run: readonly string[]): readonly PlacedCut[] {
  const steps = stepsOf(run)
  return steps.flatMap((step, index) => {
    const turn = steps.slice(0, index + 1).filter((one) => one === step).length
    const cut = { step, turn }
    return [
      { ...cut, when: 'before', carriedOut: index },
      { ...cut, when: 'after', carriedOut: index + 1 },
    ] as const
  })
}

/** The cuts from the one after step `first` to the one after step `last`, each at the so-and-so-many-th turn of its name. */
export function cutsBetween(
  run: readonly string[],
  [first, firstTurn]: readonly [step: string, turn: number],
  [last, lastTurn]: readonly [step: string, turn: number],
): readonly PlacedCut[] {
  const cuts = cutsOf(run)
  const after = (step: string, turn: number) =>
    cuts.find((cut) => cut.step === step && cut.turn === turn && cut.when === 'after')?.carriedOut ?? Number.NaN
  const [from, to] = [after(first, firstTurn), after(last, lastTurn)]
  return cuts.filter(({ carriedOut }) => carriedOut >= from && carriedOut <= to)
}

/**
 * Cuts that stand for all. A dead process leaves behind what the account holds and nothing else: after a step it is what
 * it is before the next one, so that of these two one is enough, the first and the second in turn. Of steps that are the
 * same but for the file or the function they are about, the first and the one in the middle are: that every single one may
 * be the last is proven in memory, where a stage costs nothing.
 */
export function standingFor(cuts: readonly PlacedCut[]): readonly PlacedCut[] {
  const ofKind = Map.groupBy(cuts, ({ step }) => kindOf(step))
  const kept = cuts.filter((cut) => {
    const turns = ofKind.get(kindOf(cut.step))?.filter(({ when }) => when === cut.when) ?? []
    const turn = turns.indexOf(cut)
    return turn === 0 || turn === Math.floor(turns.length / 2)
  })
  const moments = [...new Set(kept.map(({ carriedOut }) => carriedOut))]
  return moments.flatMap((moment, index) => {
    const same = kept.filter(({ carriedOut }) => carriedOut === moment)
    return same.at(index % 2 === 0 ? 0 : -1) ?? []
  })
}

/** What a step is, whichever function it is about. */
function kindOf(step: string): string {
  return /^(\w+Object|Invoke) /.test(step) ? step : (step.split(' ')[0] ?? step)
}
