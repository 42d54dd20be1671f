import type { Patient } from '@sax/api-contract'
import { renderTemplate } from '@sax/message-template'
import { expect, test } from 'vitest'
import { askedByHand, knownValues, previewValues, variableLabel } from './values.ts'

const patient: Patient = {
  id: '00000000-0000-4000-8000-000000000002',
  tenantId: '00000000-0000-0000-0000-000000000001',
  practiceId: '00000000-0000-0000-0000-000000000020',
  firstName: 'José',
  lastName: "O'Brien",
  dateOfBirth: '1980-01-01',
  phone: null,
  email: null,
  timeZone: 'America/New_York',
  preferredLanguage: 'en',
  createdAt: '2026-11-01T12:00:00.000Z',
}
const known = knownValues({ patient, practice: undefined, practiceName: 'Bay Sleep', coordinatorName: 'Ann' })

test('A9: names go into the message as they are', () => {
  expect(renderTemplate('{{fullName}}, {{practiceName}}, {{coordinatorName}}', known).text).toBe(
    "José O'Brien, Bay Sleep, Ann",
  )
})

test('what the product does not know is asked by hand, in order', () => {
  expect(askedByHand(['time', 'firstName', 'practicePhone', 'toString'], known)).toEqual([
    'time',
    'practicePhone',
    'toString',
  ])
})

test('a typed value wins, a blank one does not', () => {
  expect(previewValues(known, { firstName: 'Pepe', lastName: ' ' })).toMatchObject({
    firstName: 'Pepe',
    lastName: "O'Brien",
  })
})

test('A11: the warning before copying and the preview read the same parser, so single braces are text to both', () => {
  expect(renderTemplate('Hi {firstName} {{firstName}}', known)).toEqual({ text: 'Hi {firstName} José', missing: [] })
})

test.each([
  ['practicePhone', 'Practice phone number'],
  ['appointmentDate', 'Appointment date'],
  ['due_date2', 'Due date2'],
  ['x', 'X'],
])('the variable %s is called %s', (name, label) => {
  expect(variableLabel(name)).toBe(label)
})
