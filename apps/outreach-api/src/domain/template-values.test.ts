import { expect, test } from 'vitest'
import { templateValues } from './template-values.ts'

const everything = {
  coordinatorName: 'Dana Whitfield',
  practice: { name: 'Harbor Sleep Center', phone: '+16175550100' },
  patient: { firstName: 'José', lastName: 'Núñez' },
  given: {},
}

test('A10: a patient, a practice and a coordinator fill every variable the product knows', () => {
  expect(templateValues(everything)).toEqual({
    firstName: 'José',
    lastName: 'Núñez',
    fullName: 'José Núñez',
    practiceName: 'Harbor Sleep Center',
    practicePhone: '(617) 555-0100',
    coordinatorName: 'Dana Whitfield',
  })
})

test('without a patient and a practice their variables are absent, not empty', () => {
  expect(templateValues({ ...everything, patient: undefined, practice: undefined })).toEqual({
    coordinatorName: 'Dana Whitfield',
  })
})

test('values given by hand win, blank ones do not', () => {
  const given = { firstName: 'Pepe', lastName: ' ', appointmentDate: 'May 4' }
  expect(templateValues({ ...everything, given })).toMatchObject({
    firstName: 'Pepe',
    lastName: 'Núñez',
    appointmentDate: 'May 4',
  })
})

test.each([
  ['+442079460018', '+44 20 7946 0018'],
  ['+1', '+1'],
])('telephone number %s is written %s', (phone, written) => {
  expect(templateValues({ ...everything, practice: { name: 'P', phone } }).practicePhone).toBe(written)
})
