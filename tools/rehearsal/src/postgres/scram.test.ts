import { expect, test } from 'vitest'
import { startScram } from './scram.ts'

/** @source RFC 7677, section 3: the example */
const serverFirst = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'
const scram = () => startScram('pencil', 'rOprNGfwEbeRWgbNEkqO', 'user')

test('the example of RFC 7677', () => {
  const one = scram()
  expect(one.clientFirst).toBe('n,,n=user,r=rOprNGfwEbeRWgbNEkqO')
  expect(one.answer(serverFirst)).toBe(
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  )
  expect(one.isProven('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(true)
  expect(one.isProven('v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(false)
})

test('an answer to somebody else’s sign-in is refused, and proves nothing', () => {
  const one = scram()
  expect(() => one.answer(serverFirst.replace('rOpr', 'xOpr'))).toThrow('does not answer')
  expect(one.isProven('v=')).toBe(false)
})
