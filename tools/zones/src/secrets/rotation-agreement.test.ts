import { MAX_TOKEN_LIFE_SEC, SECRETS_TTL_SEC } from '@sax/user-context'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterStep, dueStep } from './rotation.ts'
import type { SecretFields } from './stored-secret.ts'

interface Version {
  readonly fields: SecretFields
  readonly atSec: number
}

/** Versions of a rotation whose every step is taken `lateSec` after the moment it is due. */
function rotation(lateSec: readonly number[]): readonly Version[] {
  let version: Version = { fields: { current: 'old' }, atSec: 0 }
  const versions = [version]
  for (const late of [0, ...lateSec]) {
    const due = dueStep('user-context', {
      ...version,
      before: undefined,
      createdAtMs: version.atSec * 1000,
      nowMs: version.atSec * 1000,
    })
    const step = due.kind === 'finished' ? undefined : due.step
    const dueAtSec = due.kind === 'waiting' ? due.dueAtMs / 1000 : version.atSec + 1000
    if (step === undefined) break
    version = { fields: afterStep('user-context', step, version.fields, { current: 'new' }), atSec: dueAtSec + late }
    versions.push(version)
  }
  return versions
}

/** What a process knows at a moment: what it read at the last of its regular reads, which begin at its own time. */
function known(versions: readonly Version[], nowSec: number, phaseSec: number): SecretFields {
  const readAtSec = nowSec - ((((nowSec - phaseSec) % SECRETS_TTL_SEC) + SECRETS_TTL_SEC) % SECRETS_TTL_SEC)
  return versions.findLast(({ atSec }) => atSec <= readAtSec)?.fields ?? { current: 'old' }
}

const accepted = (fields: SecretFields, secret: string | undefined) => Object.values(fields).includes(secret ?? '')

/** Seconds from 0 to `max`, the ends more often than the rest: that is where waits are too short. */
const seconds = (max: number) => fc.oneof(fc.constantFrom(0, max), fc.integer({ min: 0, max }))

test('S1: whenever host and zone read, and whenever steps are taken, no living token is refused', () => {
  fc.assert(
    fc.property(
      fc.record({
        host: fc.integer({ min: 0, max: SECRETS_TTL_SEC - 1 }),
        zone: fc.integer({ min: 0, max: SECRETS_TTL_SEC - 1 }),
        late: fc.tuple(seconds(2000), seconds(2000)),
        step: fc.integer({ min: 1, max: 3 }),
        mintedAfterSec: fc.integer({ min: -SECRETS_TTL_SEC, max: SECRETS_TTL_SEC }),
        ageSec: seconds(MAX_TOKEN_LIFE_SEC),
      }),
      ({ host, zone, late, step, mintedAfterSec, ageSec }) => {
        const versions = rotation(late)
        const mintedAtSec = (versions[step]?.atSec ?? 0) + mintedAfterSec
        const signedWith = known(versions, mintedAtSec, host).current
        expect(accepted(known(versions, mintedAtSec + ageSec, zone), signedWith)).toBe(true)
      },
    ),
    { numRuns: 5000 },
  )
})

test('the rotation of these tests is a whole one', () => {
  expect(rotation([0, 0]).map(({ fields }) => fields)).toEqual([
    { current: 'old' },
    { current: 'old', next: 'new' },
    { current: 'new', previous: 'old' },
    { current: 'new' },
  ])
})

test('S1: the same rotation without its waits does refuse people, so that the test above can fail', () => {
  const hasty = rotation([0, 0]).map(({ fields }, index) => ({ fields, atSec: index * 60 }))
  expect(accepted(known(hasty, 180, 0), known(hasty, 180, 120).current)).toBe(false)
})
