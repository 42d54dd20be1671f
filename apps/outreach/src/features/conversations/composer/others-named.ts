import type { Conversation, LinkedPatient } from '@sax/api-contract'

/** So short a name is a word like any other. */
const SHORTEST_NAME = 2

/**
 * Patients who share the phone, whom the message is not about and whose name stands in it all the same: whoever holds the
 * phone would read it. A name that the one it is about has too says nothing.
 */
export function othersNamed(
  text: string,
  { patients, patientId }: Pick<Conversation, 'patients' | 'patientId'>,
): readonly LinkedPatient[] {
  if (patients.length < 2) return []
  const words = new Set(wordsOf(text))
  const meant = new Set(patients.filter(({ id }) => id === patientId).flatMap(namesOf))
  return patients.filter(
    (patient) => patient.id !== patientId && namesOf(patient).some((name) => words.has(name) && !meant.has(name)),
  )
}

function namesOf({ firstName, lastName }: LinkedPatient): readonly string[] {
  return wordsOf(`${firstName} ${lastName}`).filter((name) => [...name].length >= SHORTEST_NAME)
}

/** In small letters and without accents, as people write names in a hurry. */
function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase()
  return (plain.match(/[\p{L}]+(?:['-][\p{L}]+)*/gu) ?? []).map((word) => word.replace(/'s$/, ''))
}
