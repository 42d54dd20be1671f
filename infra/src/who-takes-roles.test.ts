import { describe, expect, test } from 'vitest'
import { permissionsOf } from './test/permissions.ts'
import { exampleStage, ofType, propertiesOf, stackIn, synthesized } from './test/synthesized.ts'

const develop = exampleStage('develop')
const stacks = synthesized([develop], ['host'])
const site = stackIn(stacks, 'sleepconnect-develop-host')
const backend = stackIn(stacks, 'sleepconnect-backend-develop')

describe('who takes a role on', () => {
  const trust = (stack: typeof site, id: string) =>
    (propertiesOf(stack, id).AssumeRolePolicyDocument as { readonly Statement: readonly object[] }).Statement

  test('people with a second factor and the role of GitHub may release', () => {
    expect(trust(site, 'DeployRole')).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'sts:AssumeRole',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:role/sleepconnect-github-develop' },
        Action: 'sts:AssumeRole',
      },
    ])
    expect(site.resources.DeployRole?.DependsOn).toEqual(['GithubRole'])
  })

  test('GitHub is one repository and one branch, in this environment and the next, for AWS alone', () => {
    expect(trust(site, 'GithubRole')).toEqual([
      {
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': [
              'repo:example/sleepconnect:ref:refs/heads/main:environment:develop',
              'repo:example/sleepconnect:ref:refs/heads/main:environment:staging',
            ],
          },
        },
      },
    ])
  })

  test('nobody but a run in its own environment may act in production', () => {
    const [, production] = synthesized([exampleStage('production')], ['host'])
    if (production === undefined) throw new Error('nothing was synthesized')
    expect(JSON.stringify(trust(production, 'GithubRole')).match(/environment:\w+/g)).toEqual([
      'environment:production',
    ])
  })

  test('the provider is made where it is asked for, and not a second time in the same account', () => {
    expect(propertiesOf(site, 'GithubProvider')).toEqual({
      Url: 'https://token.actions.githubusercontent.com',
      ClientIdList: ['sts.amazonaws.com'],
    })
    expect(site.resources.GithubRole?.DependsOn).toEqual(['GithubProvider'])
    const [, staging] = synthesized([exampleStage('staging')], ['host'])
    expect(staging?.resources.GithubRole).toBeDefined()
    expect(staging?.resources.GithubProvider).toBeUndefined()
  })

  test('without a repository nobody but people may release', () => {
    const { github: _, ...facts } = develop.facts
    const [, without] = synthesized([{ ...develop, facts }], ['host'])
    if (without === undefined) throw new Error('nothing was synthesized')
    expect(Object.keys(permissionsOf(without)).filter((name) => name.includes('github'))).toEqual([])
    expect(trust(without, 'DeployRole')).toHaveLength(1)
  })

  test.each([
    ['FlowLogsRole', 'vpc-flow-logs.amazonaws.com', 'arn:aws:ec2:us-east-1:111122223333:vpc-flow-log/*'],
    [
      'SchedulerRole',
      'scheduler.amazonaws.com',
      'arn:aws:scheduler:us-east-1:111122223333:schedule-group/sleepconnect-develop',
    ],
  ])('%s is taken on by its service, for what is of this account', (id, Service, source) => {
    expect(trust(backend, id)).toMatchObject([{ Principal: { Service }, Action: 'sts:AssumeRole' }])
    expect(JSON.stringify(trust(backend, id))).toContain(`"aws:SourceAccount":"111122223333"`)
    expect(JSON.stringify(trust(backend, id))).toContain(`"aws:SourceArn":"${source}"`)
  })

  test('every function has a role of its own, for Lambda', () => {
    for (const stack of [site, backend]) {
      const roles = ofType(stack, 'AWS::Lambda::Function').map(([id, { Properties }]) => {
        expect(Properties.Role).toEqual({ 'Fn::GetAtt': [id.replace(/Function$/, 'Role'), 'Arn'] })
        return id.replace(/Function$/, 'Role')
      })
      expect(new Set(roles).size).toBe(3)
      for (const id of roles)
        expect(trust(stack, id)).toMatchObject([{ Principal: { Service: 'lambda.amazonaws.com' } }])
    }
  })
})
