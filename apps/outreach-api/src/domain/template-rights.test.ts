import { expect, test } from 'vitest'
import { mayWrite, movedPlace, newPlace, scopeOf } from './template-rights.ts'
import { viewerOf } from './viewer.ts'

const harbor = '00000000-0000-0000-0000-000000000020'
const brendan = '00000000-0000-0000-0000-000000000021'

function viewer(role: 'coordinator' | 'manager' | 'administrator', saxId = 1) {
  const tenantId = '00000000-0000-0000-0000-000000000001'
  return viewerOf({ saxId, tenantId, practiceId: harbor, email: 'x@example.test', name: 'X', roles: [role] })
}

const places = {
  mine: { practiceId: harbor, ownerSaxId: 1 },
  somebodys: { practiceId: harbor, ownerSaxId: 2 },
  myPractices: { practiceId: harbor, ownerSaxId: null },
  otherPractices: { practiceId: brendan, ownerSaxId: null },
  tenants: { practiceId: null, ownerSaxId: null },
}

test.each([
  ['coordinator', { mine: true, somebodys: false, myPractices: false, otherPractices: false, tenants: false }],
  ['manager', { mine: true, somebodys: false, myPractices: true, otherPractices: false, tenants: false }],
  ['administrator', { mine: true, somebodys: false, myPractices: true, otherPractices: true, tenants: true }],
] as const)('a %s may write exactly these', (role, expected) => {
  const found = Object.fromEntries(Object.entries(places).map(([name, place]) => [name, mayWrite(viewer(role), place)]))
  expect(found).toEqual(expected)
})

test.each([
  ['private', { practiceId: harbor, ownerSaxId: 1 }],
  ['practice', { practiceId: harbor, ownerSaxId: null }],
  ['tenant', { practiceId: null, ownerSaxId: null }],
] as const)('a new %s template is put where its scope says, and has that scope', (scope, place) => {
  expect(newPlace(viewer('coordinator'), scope)).toEqual(place)
  expect(scopeOf(place)).toBe(scope)
})

test("an administrator who repeats another practice's scope does not move the template", () => {
  expect(movedPlace(viewer('administrator'), places.otherPractices, 'practice')).toBe(places.otherPractices)
  expect(movedPlace(viewer('administrator'), places.otherPractices, undefined)).toBe(places.otherPractices)
})

test('a scope that changes moves the template', () => {
  expect(movedPlace(viewer('manager'), places.mine, 'practice')).toEqual(places.myPractices)
  expect(movedPlace(viewer('administrator'), places.otherPractices, 'tenant')).toEqual(places.tenants)
})
