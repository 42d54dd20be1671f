import { describe, expect, test } from 'vitest'
import { type AttributeUse, attributesInCreateOnly } from './test/create-only.ts'
import { existingDatabase } from './test/existing-database.ts'
import { exampleStage, synthesized } from './test/synthesized.ts'

/** Attributes that may feed what cannot be changed, for they cannot change either. */
const settled: readonly { readonly type: string; readonly attribute: string; readonly why: string }[] = [
  {
    type: 'AWS::EC2::EIP',
    attribute: 'AllocationId',
    why: 'its id: a NAT gateway takes no other name for an address, and AWS keeps it as long as the address',
  },
]

const isSettled = ({ targetType, attribute }: AttributeUse) =>
  settled.some((one) => one.type === targetType && one.attribute === attribute)

const develop = exampleStage('develop')
const given = { ...develop, facts: { ...develop.facts, database: existingDatabase } }
const stacks = [
  ...synthesized(),
  ...synthesized([given], ['host']).map((stack) => ({ ...stack, id: `${stack.id}, database given` })),
]

test.each(stacks.map((stack) => [stack.id, stack] as const))(
  '%s: an update in place makes nothing else look replaced',
  (_id, { resources }) => {
    expect(attributesInCreateOnly(resources).filter((use) => !isSettled(use))).toEqual([])
  },
)

test.each(settled)('the exception for $type $attribute is still needed', ({ type, attribute }) => {
  const uses = stacks.flatMap(({ resources }) => attributesInCreateOnly(resources))
  expect(uses.some((use) => use.targetType === type && use.attribute === attribute)).toBe(true)
})

describe('what would be found', () => {
  const Key = { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } }
  const cluster = (KmsKeyId: unknown) => ({ Type: 'AWS::RDS::DBCluster', Properties: { KmsKeyId } })
  const found = [{ taker: 'Cluster.KmsKeyId', targetType: 'AWS::KMS::Key', attribute: 'Arn' }]

  test.each([
    ['an attribute', { 'Fn::GetAtt': ['Key', 'Arn'] }],
    ['an attribute inside a text', { 'Fn::Sub': `x/\${Key.Arn}` }],
    ['an attribute among values of a text', { 'Fn::Sub': [`\${a}`, { a: { 'Fn::GetAtt': 'Key.Arn' } }] }],
    [
      'an attribute deep inside',
      { 'Fn::Join': ['', ['x', { 'Fn::Select': [0, [{ 'Fn::GetAtt': ['Key', 'Arn'] }]] }]] },
    ],
  ])('%s, where a change replaces', (_what, value) => {
    expect(attributesInCreateOnly({ Key, Cluster: cluster(value) })).toEqual(found)
  })

  test('not the id that Ref gives, which no update changes', () => {
    expect(attributesInCreateOnly({ Key, Cluster: cluster({ Ref: 'Key' }) })).toEqual([])
  })

  test('not an attribute where a change is made in place', () => {
    const Logs = { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } }
    expect(attributesInCreateOnly({ Key, Logs })).toEqual([])
  })
})
