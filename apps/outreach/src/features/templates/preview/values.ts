import type { Patient, Practice } from '@sax/api-contract'
import { type KnownVariable, knownVariables } from '@sax/message-template'

export interface PreviewPeople {
  readonly patient: Patient | undefined
  readonly practice: Pick<Practice, 'name' | 'phone'> | undefined
  /** Name in the verified token, while the practice itself is not loaded. */
  readonly practiceName: string | undefined
  readonly coordinatorName: string
}

type Values = Readonly<Record<string, string | undefined>>

/** The values the product fills by itself. Absent: not known (yet). */
export function knownValues({ patient, practice, practiceName, coordinatorName }: PreviewPeople): Values {
  const values: Record<KnownVariable, string | undefined> = {
    firstName: patient?.firstName,
    lastName: patient?.lastName,
    fullName: patient && `${patient.firstName} ${patient.lastName}`,
    practiceName: practice?.name ?? practiceName,
    practicePhone: practice?.phone,
    coordinatorName,
  }
  return values
}

/** Values to fill a message with: what was typed by hand wins over what the product knows; blank counts as not typed. */
export function previewValues(known: Values, byHand: Values): Values {
  const typed = Object.entries(byHand).filter(([, value]) => value?.trim())
  return { ...known, ...Object.fromEntries(typed) }
}

/** Names a person has to fill in by hand: all variables the product has no value for, in order of appearance. */
export function askedByHand(variables: readonly string[], known: Values): readonly string[] {
  return variables.filter((name) => !(Object.hasOwn(known, name) && known[name]?.trim()))
}

/** What to write beside a variable: its words when the product knows it, otherwise its name in words: `dueDate` -> `Due date`. */
export function variableLabel(name: string): string {
  if (Object.hasOwn(knownVariables, name)) return knownVariables[name as KnownVariable]
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .trim()
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
