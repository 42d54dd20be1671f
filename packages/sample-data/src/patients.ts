import { difficultNames, firstNames, lastNames, type PatientName } from './patient-names.ts'
import { practices } from './practices.ts'
import { type Random, seededRandom } from './random.ts'

export interface SamplePatient {
  readonly id: string
  readonly tenantId: string
  readonly practiceId: string
  readonly firstName: string
  readonly lastName: string
  /** YYYY-MM-DD */
  readonly dateOfBirth: string
  /** E.164 from the numbers reserved for fiction; null when unknown. */
  readonly phone: string | null
  readonly email: string | null
  /** IANA name */
  readonly timeZone: string
  /** BCP 47 */
  readonly preferredLanguage: string
  /** ISO 8601, UTC */
  readonly createdAt: string
}

type Practice = (typeof practices)[number]

/** How many patients each practice has, and the area codes they live in (100 fictional numbers each). */
const plan: readonly { practice: Practice; count: number; areaCodes: readonly string[] }[] = [
  { practice: practices[0], count: 160, areaCodes: ['617', '781'] },
  { practice: practices[1], count: 70, areaCodes: ['212'] },
  { practice: practices[2], count: 50, areaCodes: ['312'] },
  { practice: practices[3], count: 80, areaCodes: ['206'] },
  { practice: practices[4], count: 40, areaCodes: ['602'] },
]

/** 400 patients of five practices. The first twenty of the seed practice have the difficult names, always in that order. */
export const patients: readonly SamplePatient[] = createPatients(seededRandom(1386))

function createPatients(random: Random): readonly SamplePatient[] {
  let number = 0
  return plan.flatMap(({ practice, count, areaCodes }) =>
    Array.from({ length: count }, (_, index) => {
      number += 1
      const difficult = practice === practices[0] ? difficultNames[index] : undefined
      const name = difficult ?? ordinaryName(random)
      return {
        id: `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
        tenantId: practice.tenantId,
        practiceId: practice.id,
        firstName: name.firstName,
        lastName: name.lastName,
        dateOfBirth: birthDate(random),
        // One in twenty has no phone on file; the difficult names always have one.
        phone: difficult === undefined && random.below(20) === 0 ? null : fictionalNumber(areaCodes, index),
        email: random.below(6) === 0 ? null : `patient${number}@mail.example.test`,
        timeZone: practice.timeZone,
        preferredLanguage: name.language,
        createdAt: new Date(
          Date.UTC(2025, 0, 6 + random.below(660), 13 + random.below(8), random.below(60)),
        ).toISOString(),
      }
    }),
  )
}

function ordinaryName(random: Random): PatientName {
  return {
    firstName: random.pick(firstNames),
    lastName: random.pick(lastNames),
    language: random.below(8) === 0 ? 'es' : 'en',
  }
}

function birthDate(random: Random): string {
  // Sleep medicine sees adults: born 1938 to 2004.
  return new Date(Date.UTC(1938 + random.below(67), random.below(12), 1 + random.below(28))).toISOString().slice(0, 10)
}

/** 555-0100 is the practice's own number, so patients begin at 0101; numbers of one practice repeat never. */
function fictionalNumber(areaCodes: readonly string[], index: number): string {
  const areaCode = areaCodes[Math.floor(index / 99)] ?? areaCodes[0]
  return `+1${areaCode}55501${String(1 + (index % 99)).padStart(2, '0')}`
}
