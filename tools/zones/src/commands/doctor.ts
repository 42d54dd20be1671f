import { type Diagnosed, diagnosisJson, diagnosisText } from '../doctor/diagnosis-text.ts'
import type { Observations } from '../doctor/observations.ts'
import { type SymptomName, symptomNames } from '../doctor/symptom-names.ts'
import { diagnose, undecided } from '../doctor/symptoms.ts'
import type { Outcome } from '../outcome.ts'
import type { Palette } from '../report/table.ts'

export interface DoctorArguments {
  /** Undefined: whichever is there. */
  readonly symptom: string | undefined
  readonly json: boolean
}

export interface DoctorPorts {
  readonly look: () => Promise<Observations>
  readonly palette: Palette
}

/** Says what is the matter with a site and what mends it. Done only when nothing is, and all of it could be seen. */
export async function doctor({ symptom, json }: DoctorArguments, { look, palette }: DoctorPorts): Promise<Outcome> {
  if (symptom !== undefined && !isSymptom(symptom)) {
    return { kind: 'bad-input', reason: `There is no such symptom; there are ${symptomNames.join(', ')}.` }
  }
  const seen = await look()
  const diagnosed: Diagnosed = {
    seen,
    diagnoses: diagnose(seen, symptom),
    undecided: undecided(seen).filter((one) => symptom === undefined || one.symptom === symptom),
  }
  const text = json ? diagnosisJson(diagnosed) : diagnosisText(diagnosed, palette)
  const isWell = diagnosed.diagnoses.every(({ presence }) => presence === 'no') && diagnosed.undecided.length === 0
  return isWell ? { kind: 'done', text } : { kind: 'failed', text, reason: '' }
}

function isSymptom(name: string): name is SymptomName {
  return (symptomNames as readonly string[]).includes(name)
}
