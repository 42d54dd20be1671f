import pg from 'pg'
import { expect, test } from 'vitest'
import { MigrationError } from './migration-error.ts'

function refusal(message: string, fields: Partial<pg.DatabaseError>): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), fields)
}

test('what PostgreSQL says of names and syntax is told', () => {
  expect(
    MigrationError.of('0009_next.sql', refusal('relation "app.x" does not exist', { code: '42P01' })).message,
  ).toBe(
    '0009_next.sql was refused by the database, and nothing of it was kept: SQLSTATE 42P01, relation "app.x" does not exist',
  )
})

test.each([
  ['invalid input syntax for type integer: "Ana Canary"', { code: '22P02' }, 'SQLSTATE 22P02'],
  [
    'duplicate key value violates unique constraint',
    {
      code: '23505',
      detail: 'Key (name)=(Ana Canary) already exists.',
      table: 'patients',
      constraint: 'patients_name',
    },
    'SQLSTATE 23505, table patients, constraint patients_name',
  ],
])('S9: what it says of data is not: %s', (message, fields, expected) => {
  const error = MigrationError.of('0009_next.sql', refusal(message, fields))
  expect(error.message).toBe(`0009_next.sql was refused by the database, and nothing of it was kept: ${expected}`)
  expect(JSON.stringify({ ...error, stack: error.stack })).not.toContain('Canary')
})
