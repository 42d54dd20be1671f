import { expect, test } from 'vitest'
import { described } from './differences.ts'
import { UNKNOWN } from './resolved.ts'
import { unlike } from './unlike.ts'

test.each<[what: string, wanted: unknown, live: unknown, says: readonly string[]]>([
  ['the same', { A: 1 }, { A: 1 }, []],
  ['defaults the template leaves to AWS', { A: 1 }, { A: 1, B: 2 }, []],
  ['something that is missing', { A: 1, B: { C: 'x' } }, { A: 1 }, ['B: {"C":"x"} -> (none)']],
  ['a value deep inside', { A: [{ B: 'x' }] }, { A: [{ B: 'y', C: 1 }] }, ['A[0].B: x -> y']],
  [
    'one item more in a list of objects',
    { A: [{ B: 'x' }] },
    { A: [{ B: 'x' }, { B: 'z' }] },
    ['A[1]: (none) -> {"B":"z"}'],
  ],
  ['one plain value more', { A: ['x', 'z'] }, { A: ['z', 'x', 'y'] }, ['A[1]: z -> y', 'A[2]: (none) -> z']],
  ['plain values in another order', { A: ['GET', 'HEAD'] }, { A: ['HEAD', 'GET'] }, []],
  ['a list of one and the value', { Action: ['s3:GetObject'] }, { Action: 's3:GetObject' }, []],
  ['a number and its text', { Size: 1024 }, { Size: '1024' }, []],
  ['a truth and its text', { On: true }, { On: 'true' }, []],
  ['false is not true', { On: true }, { On: false }, ['On: true -> false']],
  ['a reference nobody can tell', { Arn: UNKNOWN }, { Arn: 'arn:x' }, []],
])('%s', (_what, wanted, live, says) => {
  expect(unlike(wanted, live).map(described)).toEqual(says)
})
