import { expect, test } from 'vitest'
import type { TemplateBase, TemplateFields } from '../fields.ts'
import { templateFixture } from '../template-fixture.ts'
import { conflictBetween, currentOf, firstChoice, resolved } from './conflict.ts'

const base: TemplateBase = {
  version: 1,
  fields: { name: 'Welcome', category: 'welcome', content: 'Hi', scope: 'practice' },
}
const mine: TemplateFields = { ...base.fields, content: 'Hi from me', category: 'care' }
const theirs = templateFixture({ version: 2, name: 'Greeting', category: 'welcome', content: 'Hi from them' })

test('only fields that differ are shown, each with who touched it', () => {
  expect(conflictBetween(base, mine, theirs).rows).toEqual([
    { field: 'name', mine: 'Welcome', theirs: 'Greeting', changedBy: 'theirs' },
    { field: 'category', mine: 'care', theirs: 'welcome', changedBy: 'mine' },
    { field: 'content', mine: 'Hi from me', theirs: 'Hi from them', changedBy: 'both' },
  ])
})

test('at first mine is chosen where I wrote, theirs where only they did', () => {
  const conflict = conflictBetween(base, mine, theirs)
  expect(firstChoice(conflict)).toEqual({ name: 'theirs', category: 'mine', content: 'mine' })
  expect(resolved(mine, conflict, firstChoice(conflict))).toEqual({
    name: 'Greeting',
    category: 'care',
    content: 'Hi from me',
    scope: 'practice',
  })
})

test('all theirs gives their version, all mine gives mine: nothing is lost either way', () => {
  const conflict = conflictBetween(base, mine, theirs)
  expect(resolved(mine, conflict, { name: 'theirs', category: 'theirs', content: 'theirs' })).toEqual(
    conflict.theirs.fields,
  )
  expect(resolved(mine, conflict, {})).toEqual(mine)
})

test('no rows when both wrote the same, as after a lost answer to my own save', () => {
  const same = templateFixture({ version: 2, content: 'Hi from me', category: 'care' })
  expect(conflictBetween(base, mine, same).rows).toEqual([])
})

test('the stored version is read out of a conflict only', () => {
  const body = { message: 'm', requestId: 'r', details: { current: theirs } }
  expect(currentOf({ ...body, code: 'VERSION_CONFLICT' })).toEqual(theirs)
  expect(currentOf({ ...body, code: 'VALIDATION_ERROR' })).toBeUndefined()
  expect(
    currentOf({ code: 'VERSION_CONFLICT', message: 'm', requestId: 'r', details: { current: 'x' } }),
  ).toBeUndefined()
})
