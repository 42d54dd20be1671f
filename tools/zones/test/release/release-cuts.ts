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
 * same but for the file they bring, beside others and in whatever order, the first, the one in the middle and the last are.
 */
export function standingFor(cuts: readonly PlacedCut[]): readonly PlacedCut[] {
  const counts = new Map<string, number>()
  for (const { step, turn } of cuts) counts.set(step, Math.max(turn, counts.get(step) ?? 0))
  const kept = cuts.filter(({ step, turn }) => {
    const all = counts.get(step) ?? 0
    return all <= 3 || turn === 1 || turn === Math.ceil(all / 2) || turn === all
  })
  const moments = [...new Set(kept.map(({ carriedOut }) => carriedOut))]
  return moments.flatMap((moment, index) => {
    const same = kept.filter(({ carriedOut }) => carriedOut === moment)
    return same.at(index % 2 === 0 ? 0 : -1) ?? []
  })
}
