import { describe, expect, test } from 'vitest'
import { conditionsOf } from './conditions.ts'
import { evaluate, type Scope } from './evaluate.ts'
import { inOrder } from './order.ts'
import { referencesIn } from './references.ts'
import { deniedByPolicy } from './stack-policy.ts'
import { UNKNOWN } from './unknown.ts'
import { differences, isSameValue } from './values.ts'

/** A placeholder of Fn::Sub. */
const placeholder = (name: string) => `$${`{${name}}`}`

const scope: Scope = {
  pseudo: { 'AWS::Region': 'us-east-1', 'AWS::AccountId': '111122223333' },
  parameters: { Stage: 'develop', Names: ['a', 'b'] },
  mappings: { Sizes: { develop: { memory: 128 } } },
  condition: (name) => name === 'IsTrue',
  ref: (id) => (id === 'New' ? UNKNOWN : `id-of-${id}`),
  attribute: (id, attribute) => `${attribute}-of-${id}`,
}

describe('expressions', () => {
  test.each<[expression: unknown, value: unknown]>([
    [{ Ref: 'A' }, 'id-of-A'],
    [{ Ref: 'Stage' }, 'develop'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, { b: [1] }],
    [{ 'Fn::GetAtt': ['A', 'Arn'] }, 'Arn-of-A'],
    [{ 'Fn::GetAtt': 'A.Endpoint.Address' }, 'Endpoint.Address-of-A'],
    [{ 'Fn::Join': ['-', ['x', { Ref: 'A' }]] }, 'x-id-of-A'],
    [{ 'Fn::Join': ['-', ['x', { Ref: 'New' }]] }, UNKNOWN],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    [
      {
        'Fn::Sub': `${placeholder('A')}:${placeholder('A.Arn')}:${placeholder('!kept')}:${placeholder('AWS::Region')}`,
      },
      `id-of-A:Arn-of-A:${placeholder('kept')}:us-east-1`,
    ],
    [{ 'Fn::Sub': [`${placeholder('x')}`, { x: { Ref: 'A' } }] }, 'id-of-A'],
    [{ 'Fn::Base64': 'hello' }, 'aGVsbG8='],
    [{ 'Fn::If': ['IsTrue', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, 128],
    [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'us-east-1a'],
  ])('%j is %j', (expression, value) => {
    expect(evaluate(expression, scope)).toEqual(value)
  })

  test.each([
    [{ 'Fn::Select': [5, ['a']] }, 'Fn::Select cannot select nonexistent value at index 5'],
    [{ 'Fn::FindInMap': ['Sizes', 'none', 'memory'] }, 'Unable to get mapping for Sizes::none::memory'],
    [{ 'Fn::ImportValue': 'x' }, "Fn::ImportValue is not available in the laptop's AWS."],
    [{ Ref: 'AWS::Planet' }, 'Unresolved pseudo parameter AWS::Planet'],
    [{ 'Fn::Join': ['-'] }, 'every Fn::Join object requires two parameters'],
  ])('%j is refused', (expression, message) => {
    expect(() => evaluate(expression, scope)).toThrow(message)
  })
})

test('conditions are built of one another', () => {
  const holds = conditionsOf(
    {
      IsDevelop: { 'Fn::Equals': [{ Ref: 'Stage' }, 'develop'] },
      IsNot: { 'Fn::Not': [{ Condition: 'IsDevelop' }] },
      Both: { 'Fn::And': [{ Condition: 'IsDevelop' }, { Condition: 'IsNot' }] },
      Either: { 'Fn::Or': [{ Condition: 'IsDevelop' }, { Condition: 'IsNot' }] },
    },
    scope,
  )
  expect(['IsDevelop', 'IsNot', 'Both', 'Either'].map(holds)).toEqual([true, false, false, true])
  expect(() => holds('Missing')).toThrow('unresolved condition dependency Missing')
})

test('references are found wherever they stand, also in texts', () => {
  const value = {
    a: [{ Ref: 'A' }, { 'Fn::GetAtt': ['B', 'Arn'] }],
    b: {
      'Fn::Sub': [`${placeholder('C')} ${placeholder('own')} ${placeholder('AWS::Region')}`, { own: { Ref: 'D' } }],
    },
  }
  expect(referencesIn(value)).toEqual([
    { target: 'A' },
    { target: 'B', attribute: 'Arn' },
    { target: 'C' },
    { target: 'D' },
  ])
})

test('resources come after what they wait for', () => {
  const one = (dependsOn: readonly string[], properties = {}) => ({ type: 'T', properties, dependsOn })
  expect(inOrder({ A: one(['B']), B: one([], { x: { Ref: 'C' } }), C: one([]) })).toEqual(['C', 'B', 'A'])
  expect(() => inOrder({ A: one(['B']), B: one(['A']) })).toThrow('Circular dependency between resources: [A, B]')
})

describe('values', () => {
  test('a text and the number or flag it spells are the same', () => {
    expect(isSameValue({ a: '30', b: ['true'] }, { a: 30, b: [true] })).toBe(true)
  })

  test('differences are innermost, and whole where lists differ in length', () => {
    expect(differences({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: 1, c: 3 }, d: [1, 2] })).toEqual([
      { path: ['a', 'c'], before: 2, after: 3 },
      { path: ['d'], before: [1], after: [1, 2] },
    ])
  })
})

describe('stack policies', () => {
  const resource = { logicalId: 'Database', type: 'AWS::RDS::DBCluster' }
  const policy = (...Statement: object[]) => JSON.stringify({ Statement })

  test.each<[why: string, body: string | undefined, isDenied: boolean]>([
    ['none allows everything', undefined, false],
    [
      'one that says nothing of it denies it',
      policy({ Effect: 'Allow', Action: 'Update:*', Resource: 'LogicalResourceId/Other' }),
      true,
    ],
    ['a wildcard', policy({ Effect: 'Allow', Action: 'Update:*', Resource: 'LogicalResourceId/Data*' }), false],
    ['NotAction', policy({ Effect: 'Allow', NotAction: 'Update:Replace', Resource: '*' }), true],
    ['NotResource', policy({ Effect: 'Allow', Action: 'Update:*', NotResource: 'LogicalResourceId/Database' }), true],
    [
      'a type',
      policy({
        Effect: 'Allow',
        Action: 'Update:*',
        Resource: '*',
        Condition: { StringLike: { ResourceType: ['AWS::RDS::*'] } },
      }),
      false,
    ],
    [
      'a denial overrides',
      policy(
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'Update:Replace', Resource: '*' },
      ),
      true,
    ],
  ])('%s', (_why, body, isDenied) => {
    expect(deniedByPolicy(body, 'Update:Replace', resource) !== undefined).toBe(isDenied)
  })
})
