import { expect, test } from 'vitest'
import { resolved, UNKNOWN } from './resolved.ts'

const surroundings = { region: 'us-east-1', accountId: '111122223333', physicalIds: { Pages: 'pages', Later: '' } }
/** Kept out of template literals on purpose: these are CloudFormation's placeholders. */
const sub = (text: string) => ({ 'Fn::Sub': text.replaceAll('[', '$'.concat('{')).replaceAll(']', '}') })

test.each<[what: string, value: unknown, expected: unknown]>([
  ['a text', 'x', 'x'],
  ['null', null, null],
  ['a resource that is there', { Ref: 'Pages' }, 'pages'],
  ['a resource without an id yet', { Ref: 'Later' }, UNKNOWN],
  ['a resource nobody knows', { Ref: 'Nobody' }, UNKNOWN],
  ['an attribute', { 'Fn::GetAtt': ['Pages', 'Arn'] }, UNKNOWN],
  [
    'a substitution',
    sub('arn:[AWS::Partition]:lambda:[AWS::Region]:[AWS::AccountId]:function:[Pages]:live'),
    'arn:aws:lambda:us-east-1:111122223333:function:pages:live',
  ],
  ['a substitution with something unknown', sub('x-[Nobody]'), UNKNOWN],
  ['a join', { 'Fn::Join': [':', ['a', { Ref: 'Pages' }]] }, 'a:pages'],
  ['a join with something unknown', { 'Fn::Join': ['', ['a', { 'Fn::GetAtt': ['Pages', 'Arn'] }]] }, UNKNOWN],
  ['an object that looks like a function and is none', { Ref: 'Pages', Other: 1 }, { Ref: 'Pages', Other: 1 }],
  ['whatever lies inside', { a: [{ b: { Ref: 'Pages' } }] }, { a: [{ b: 'pages' }] }],
])('%s', (_what, value, expected) => {
  expect(resolved(value, surroundings)).toEqual(expected)
})
