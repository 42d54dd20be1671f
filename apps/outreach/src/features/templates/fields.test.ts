import { expect, test } from 'vitest'
import { change, creation, sameFields, scopeOf, type TemplateBase } from './fields.ts'

const base: TemplateBase = {
  version: 4,
  fields: { name: 'Welcome', category: 'welcome', content: 'Hi', scope: 'practice' },
}

test.each([
  [{ ownerSaxId: 1386, practiceId: 'p' }, 'private'],
  [{ ownerSaxId: null, practiceId: 'p' }, 'practice'],
  [{ ownerSaxId: null, practiceId: null }, 'tenant'],
] as const)('%j is %s', (template, scope) => {
  expect(scopeOf(template)).toBe(scope)
})

test('a change sends what changed and the version that was read', () => {
  expect(change(base, { ...base.fields, name: ' Hello ', content: 'Hi ' })).toEqual({
    version: 4,
    name: 'Hello',
    content: 'Hi ',
  })
})

test('spaces around a name are no change, spaces in a message are', () => {
  expect(sameFields(base.fields, { ...base.fields, name: 'Welcome ' })).toBe(true)
  expect(sameFields(base.fields, { ...base.fields, content: 'Hi ' })).toBe(false)
})

test("A9: a new template's text is sent as typed", () => {
  expect(creation({ ...base.fields, name: "O'Brien & sons <b>" }).name).toBe("O'Brien & sons <b>")
})
