import { Socket } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { synthesized } from '../test/synthesized.ts'

const connect = vi.spyOn(Socket.prototype, 'connect')
const stacks = synthesized()
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
  'Name',
]
/** Types whose property of such a name refers to another resource. */
const REFERRING = ['AWS::Lambda::Version', 'AWS::Lambda::Alias', 'AWS::Lambda::Permission', 'AWS::Logs::MetricFilter']

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
    const computed = all
      .filter(([, { Type }]) => !REFERRING.includes(Type))
      .flatMap(([id, { Properties }]) =>
        NAMES.filter((name) => name in Properties && typeof Properties[name] !== 'string').map(
          (name) => `${id}.${name}`,
        ),
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

test('every stack lives where CloudFront takes its certificates and firewalls from', () => {
  expect(new Set(stacks.map(({ environment }) => environment))).toEqual(
    new Set(['aws://111122223333/us-east-1', 'aws://444455556666/us-east-1']),
  )
})

test('synthesis opens no connection', () => {
  expect(connections).toBe(0)
})
