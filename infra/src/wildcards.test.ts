import { describe, expect, test } from 'vitest'
import { exampleStage, synthesized } from './test/synthesized.ts'
import { type Wildcard, wildcardReasons, wildcardsIn } from './test/wildcards.ts'

const stacks = synthesized([exampleStage('develop')], ['host'])

describe('what is allowed on everything', () => {
  const found = stacks.flatMap(wildcardsIn)
  const answers = (one: Wildcard) =>
    wildcardReasons.filter(({ type, actions }) => type === one.type && actions.test(one.actions))

  test('has a reason each time', () => {
    expect(found.filter((one) => answers(one).length === 0)).toEqual([])
  })

  test.each(wildcardReasons)('is still needed: $actions of $type', ({ type, actions, why }) => {
    expect(found.some((one) => one.type === type && actions.test(one.actions))).toBe(true)
    expect(why).toMatch(/^\S.{20,}\.$/)
  })

  test.each([
    ['everything', { Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }],
    ['everything among other things', { Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:x', '*'] }],
    ['all of a service', { Effect: 'Allow', Action: ['s3:Get*'], Resource: 'arn:x' }],
  ])('would be found: %s', (_what, Statement) => {
    const resources = {
      Some: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [Statement] } } },
    }
    const wild = wildcardsIn({ resources })
    expect(wild).toHaveLength(1)
    expect(wild.flatMap(answers)).toEqual([])
  })

  test('what is refused is no matter', () => {
    const Statement = [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }]
    expect(wildcardsIn({ resources: { Some: { Type: 'x', Properties: { PolicyDocument: { Statement } } } } })).toEqual(
      [],
    )
  })
})
