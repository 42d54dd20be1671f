import { Socket } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { existingDatabase } from '../test/existing-database.ts'
import { exampleStage, synthesized } from '../test/synthesized.ts'
import { withThirdZone } from '../test/with-third-zone.ts'

const connect = vi.spyOn(Socket.prototype, 'connect')
const develop = exampleStage('develop')
const given = { ...develop, facts: { ...develop.facts, database: existingDatabase } }
const stacks = [
  ...synthesized(),
  ...synthesized([given], ['host']).map((stack) => ({ ...stack, id: `${stack.id}, database given` })),
  ...synthesized([withThirdZone(develop)], ['host']).map((stack) => ({ ...stack, id: `${stack.id}, three zones` })),
]
const connections = connect.mock.calls.length
connect.mockRestore()

/** Properties that name a resource; CloudFormation adopts an existing one only when they are written out. */
const NAMES = [
  'FunctionName',
  'BucketName',
  'LogGroupName',
  'RoleName',
  'ManagedPolicyName',
  'AliasName',
  'AlarmName',
  'TopicName',
  'DashboardName',
  'QueueName',
  'GroupName',
  'DBClusterIdentifier',
  'DBInstanceIdentifier',
  'DBSubnetGroupName',
  'DBClusterParameterGroupName',
  'DBProxyName',
  'PolicyName',
  'FilterName',
  'Name',
]
/** Types whose property of such a name refers to another resource. */
const REFERRING = ['AWS::Lambda::Version', 'AWS::Lambda::Alias', 'AWS::Lambda::Permission', 'AWS::Logs::MetricFilter']
const referring = ({ Type }: { readonly Type: string }, name: string) =>
  REFERRING.includes(Type) ||
  (Type === 'AWS::RDS::DBCluster' && name !== 'DBClusterIdentifier') ||
  (Type === 'AWS::RDS::DBInstance' && name !== 'DBInstanceIdentifier') ||
  Type === 'AWS::RDS::DBProxyTargetGroup'

describe.each(stacks.map((stack) => [stack.id, stack] as const))('%s', (_id, stack) => {
  const all = Object.entries(stack.resources)

  test('nothing is ever deleted: every resource is retained, and the stack is protected', () => {
    expect(all.length).toBeGreaterThan(5)
    const loose = all.filter(
      ([, { DeletionPolicy, UpdateReplacePolicy }]) => DeletionPolicy !== 'Retain' || UpdateReplacePolicy !== 'Retain',
    )
    expect(loose.map(([id]) => id)).toEqual([])
    expect(stack.terminationProtection).toBe(true)
  })

  test('names are written out, so that what exists already is adopted', () => {
    const computed = all.flatMap(([id, resource]) =>
      NAMES.filter((name) => name in resource.Properties && typeof resource.Properties[name] !== 'string')
        .filter((name) => !referring(resource, name))
        .map((name) => `${id}.${name}`),
    )
    expect(computed).toEqual([])
  })

  test('logical ids are made from names: none ends in a hash of where it stands in the code', () => {
    expect(all.map(([id]) => id).filter((id) => /[0-9A-F]{8}$/.test(id))).toEqual([])
  })

  test('no version depends on what it was made from, which would replace it with every change', () => {
    const versions = all.filter(([, { Type }]) => Type === 'AWS::Lambda::Version')
    for (const [id, { Properties }] of versions) {
      expect(id).toMatch(/Version1$/)
      expect(Object.keys(Properties)).toEqual(['FunctionName'])
    }
  })
})

test.each(stacks.map((stack) => [stack.id, stack] as const))(
  '%s shares nothing with another stack and takes no parameter',
  (_id, { template }) => {
    expect(JSON.stringify(template)).not.toMatch(/Fn::ImportValue|"Export"/)
    expect(
      Object.keys(template).filter(
        (section) => !['AWSTemplateFormatVersion', 'Description', 'Resources', 'Outputs'].includes(section),
      ),
    ).toEqual([])
  },
)

/** @source AWS CloudFormation User Guide, "Understand CloudFormation quotas" */
test.each(stacks.map((stack) => [stack.id, stack] as const))(
  '%s is within what CloudFormation takes from a bucket',
  (_id, { template, resources }) => {
    expect(Buffer.byteLength(JSON.stringify(template))).toBeLessThan(1_000_000)
    expect(Object.keys(resources).length).toBeLessThan(500)
  },
)

test('every stack lives where CloudFront takes its certificates and firewalls from', () => {
  expect(new Set(stacks.map(({ environment }) => environment))).toEqual(
    new Set(['aws://111122223333/us-east-1', 'aws://444455556666/us-east-1']),
  )
})

test('synthesis opens no connection', () => {
  expect(connections).toBe(0)
})
