import { MESSAGE_LENGTH } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { checkMessage } from './check-message.ts'
import { LONGEST_MESSAGE } from './composer-rules.ts'

test('A11: whatever a template leaves open keeps the message from going', () => {
  expect(checkMessage('Hi {{firstName}}, your code is {{doorCode}}').unresolved).toEqual(['firstName', 'doorCode'])
  expect(checkMessage('Hi Maeve').unresolved).toEqual([])
})

test('A12: forty emoji are two segments', () => {
  expect(checkMessage('🙂'.repeat(40)).size).toMatchObject({ encoding: 'UCS-2', segmentCount: 2, unitCount: 80 })
})

test('the field ends where the contract does', () => {
  expect(LONGEST_MESSAGE).toBe(MESSAGE_LENGTH)
})
