import { people, type SamplePerson } from '@sax/sample-data'

/** The sample person with this `sax_id`. */
function person(saxId: number): SamplePerson {
  const found = people.find((one) => one.saxId === saxId)
  if (found === undefined) throw new RangeError(`no sample person has sax_id ${saxId}`)
  return found
}

/** Coordinator of the checklist. */
export const dana = person(1386)
/** Another coordinator of the same practice. */
export const siobhan = person(1387)
/** Manager of the same practice: may change its shared templates. */
export const marcus = person(1388)
/** Administrator of the whole tenant. */
export const ruth = person(1392)
/** Coordinator of the other tenant. */
export const luis = person(2401)
/** Works in practices of both tenants. */
export const robin = person(3500)
