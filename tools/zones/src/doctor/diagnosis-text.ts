import type { Palette } from '../report/table.ts'
import type { Observations } from './observations.ts'
import type { Diagnosis, undecided } from './symptoms.ts'
import { mendOf } from './tree.ts'

export interface Diagnosed {
  readonly seen: Observations
  readonly diagnoses: readonly Diagnosis[]
  readonly undecided: ReturnType<typeof undecided>
}

/** The doctor's word for a terminal: the way to each cause with what was seen, the cause, and what mends it. */
export function diagnosisText({ seen, diagnoses, undecided }: Diagnosed, palette: Palette): string {
  const unsure = undecided.map(({ symptom, why }) => palette.yellow(`${symptom}: cannot be told here (${why})`))
  if (diagnoses.length === 0) {
    const well = unsure.length === 0 ? palette.green(`${seen.stage} has none of the symptoms.`) : ''
    return [...unsure, ...(well === '' ? [`Of the other symptoms ${seen.stage} has none.`] : [well])].join('\n')
  }
  return [...diagnoses.map((one) => diagnosis(one, seen, palette)), ...unsure].join('\n\n')
}

function diagnosis({ symptom, finding: { steps, leaf, isCertain } }: Diagnosis, seen: Observations, palette: Palette) {
  const mark = { yes: palette.green('yes'), no: palette.dim('no'), unseen: palette.yellow('not seen') }
  return [
    palette.bold(symptom),
    ...steps.map(({ question, answer, evidence }) => `  ${question} ${mark[answer]}\n    ${palette.dim(evidence)}`),
    `  ${palette.bold('Cause')}${isCertain ? '' : ' (probable: not everything could be seen)'}: ${leaf.cause}`,
    `  ${palette.bold('Next')}: ${mendOf(leaf, seen)}`,
  ].join('\n')
}

export function diagnosisJson({ seen, diagnoses, undecided }: Diagnosed): string {
  return JSON.stringify(
    {
      stage: seen.stage,
      diagnoses: diagnoses.map(({ symptom, presence, finding: { steps, leaf, isCertain } }) => ({
        ...{ symptom, isThere: presence, steps, isCertain },
        cause: { id: leaf.id, text: leaf.cause },
        next: mendOf(leaf, seen),
      })),
      undecided,
    },
    null,
    2,
  )
}
