import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { signInOf } from './run-verify.ts'

const elsewhere = { rehearsal: undefined }

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'people-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'people.json')
  writeFileSync(file, text)
  return file
}

test.each([['{"first": {"username": "a@example.test", "password": "hunter2 of mine"}}'], ['first: hunter2 of mine']])(
  'credentials that are not as they have to be are refused, and not quoted',
  (text) => {
    const file = fileOf(text)
    const signIn = signInOf(elsewhere, file)
    const reason = 'reason' in signIn ? signIn.reason : ''
    expect(reason).toBe(
      `${file} is not {"first": {"username", "password"}, "administrator": {"username", "password"}}.`,
    )
  },
)

test('credentials that are not there are missed by the name of their file', () => {
  expect(signInOf(elsewhere, '/nowhere/people.json')).toEqual({ reason: 'There is no file /nowhere/people.json.' })
})

test('people of the file sign in, and whoever is not in it is said to be missing', () => {
  const person = { username: 'a@example.test', password: 'p' }
  const signIn = signInOf(elsewhere, fileOf(JSON.stringify({ first: person, administrator: person })))
  if ('reason' in signIn) throw new Error(signIn.reason)
  expect(typeof signIn.of('first')).toBe('function')
  expect(typeof signIn.of('administrator')).toBe('function')
  expect(signIn.of('second')).toEqual({ why: expect.stringContaining('give --credentials') })
  const without = signInOf(elsewhere, undefined)
  expect('of' in without && without.of('first')).toEqual({ why: expect.stringContaining('give --credentials') })
})
