import { expect, test } from 'vitest'
import { assumedFor, assumptions } from './assumptions.ts'

test('each stage has numbers of its own, and every number a sentence', () => {
  const develop = assumedFor('develop', [])
  const production = assumedFor('production', [])
  expect(develop.kind === 'ok' && develop.assumed.people).toBe(5)
  expect(production.kind === 'ok' && production.assumed.people).toBe(60)
  for (const { what, unit, values } of Object.values(assumptions)) {
    expect(what).toMatch(/^[A-Z].{10,}\.$/)
    expect(unit).not.toBe('')
    for (const value of Object.values(values)) expect(value).toBeGreaterThanOrEqual(0)
  }
})

test('a number that is given takes the place of the stage’s, and is known as given', () => {
  const parsed = assumedFor('develop', ['people=200', 'averageAcu=1.5'])
  expect(parsed).toMatchObject({ kind: 'ok', assumed: { people: 200, averageAcu: 1.5, messages: 500 } })
  expect(parsed.kind === 'ok' && [...parsed.changed]).toEqual(['people', 'averageAcu'])
})

test.each([
  ['people', '--assume takes name=value with a number, not "people".'],
  ['people=many', 'not "people=many"'],
  ['people=-1', 'not "people=-1"'],
  ['people=1e9', 'not "people=1e9"'],
  ['=5', 'not "=5"'],
  ['peple=5', 'Nothing called "peple" is assumed; there are people, hoursAPerson, '],
  ['toString=5', 'Nothing called "toString" is assumed'],
  ['zoneShare=80', 'zoneShare is a share, from 0 to 1.'],
])('--assume %s is refused', (given, why) => {
  expect(assumedFor('develop', [given])).toEqual({ kind: 'refused', why: expect.stringContaining(why) })
})
