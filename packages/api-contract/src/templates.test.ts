import { expect, test } from 'vitest'
import { createTemplateBody, updateTemplateBody } from './templates.ts'

const template = {
  name: "O'Brien's \u{1f9d1}\u200d\u2695\ufe0f",
  category: 'general',
  content: 'Hello',
  scope: 'private',
}

test('A9: a name is taken as typed but for the space around it', () => {
  expect(createTemplateBody.parse({ ...template, name: `  ${template.name} ` }).name).toBe(template.name)
})

test.each(['name', 'category'])(
  'half of an emoji in the %s is refused: it could only be stored as another character',
  (field) => {
    expect(createTemplateBody.safeParse({ ...template, [field]: 'a\ud83d' }).success).toBe(false)
    expect(updateTemplateBody.safeParse({ version: 1, [field]: '\ude00a' }).success).toBe(false)
  },
)

test.each(['', '   ', 'x'.repeat(101)])('the name %j is refused', (name) => {
  expect(createTemplateBody.safeParse({ ...template, name }).success).toBe(false)
})
