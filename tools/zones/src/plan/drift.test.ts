import type { StackResourceDrift } from '@aws-sdk/client-cloudformation'
import { describe, expect, test } from 'vitest'
import { stackDrift } from './drift.ts'

const drift = (more: Partial<StackResourceDrift>): StackResourceDrift => ({
  StackId: 'stack',
  LogicalResourceId: 'Thing',
  PhysicalResourceId: 'thing-1',
  ResourceType: 'AWS::S3::Bucket',
  StackResourceDriftStatus: 'MODIFIED',
  Timestamp: new Date(0),
  ...more,
})

test('what is as it should be is counted, what cannot be compared is named', () => {
  const all = [
    drift({ StackResourceDriftStatus: 'IN_SYNC' }),
    drift({ StackResourceDriftStatus: 'NOT_CHECKED', ResourceType: 'AWS::Route53::RecordSet' }),
    drift({ StackResourceDriftStatus: 'NOT_CHECKED', ResourceType: 'AWS::Route53::RecordSet' }),
    drift({ StackResourceDriftStatus: 'UNKNOWN', ResourceType: 'AWS::Budgets::Budget' }),
  ]
  expect(stackDrift('s', all)).toEqual({
    stackName: 's',
    drifted: [],
    inSync: 1,
    ofReleases: 0,
    notChecked: ['AWS::Budgets::Budget', 'AWS::Route53::RecordSet'],
  })
})

test('D10: what somebody changed in the console is found, with both values', () => {
  const found = stackDrift('s', [
    drift({
      PropertyDifferences: [
        {
          PropertyPath: '/VersioningConfiguration/Status',
          ExpectedValue: 'Enabled',
          ActualValue: 'Suspended',
          DifferenceType: 'NOT_EQUAL',
        },
        {
          PropertyPath: '/WebsiteConfiguration',
          ExpectedValue: '',
          ActualValue: '{"IndexDocument":"x"}',
          DifferenceType: 'ADD',
        },
        {
          PropertyPath: '/LifecycleConfiguration',
          ExpectedValue: '{"Rules":[]}',
          ActualValue: '',
          DifferenceType: 'REMOVE',
        },
      ],
    }),
    drift({ LogicalResourceId: 'Gone', StackResourceDriftStatus: 'DELETED' }),
  ])
  expect(found.drifted).toMatchObject([
    {
      logicalId: 'Thing',
      kind: 'changed',
      findings: [
        { where: 'VersioningConfiguration.Status', expected: 'Enabled', actual: 'Suspended' },
        { where: 'WebsiteConfiguration', expected: '(none)', actual: '{"IndexDocument":"x"}' },
        { where: 'LifecycleConfiguration', expected: '{"Rules":[]}', actual: '(none)' },
      ],
    },
    { logicalId: 'Gone', kind: 'deleted' },
  ])
})

test('what a release does is no drift, and anything else of the same resource is', () => {
  const alias = drift({
    ResourceType: 'AWS::Lambda::Alias',
    PropertyDifferences: [
      { PropertyPath: '/FunctionVersion', ExpectedValue: '1', ActualValue: '7', DifferenceType: 'NOT_EQUAL' },
    ],
  })
  const fn = drift({
    ResourceType: 'AWS::Lambda::Function',
    PropertyDifferences: [
      {
        PropertyPath: '/Environment/Variables/RELEASE',
        ExpectedValue: '',
        ActualValue: '2026-11-28',
        DifferenceType: 'ADD',
      },
      {
        PropertyPath: '/Environment/Variables/STAGE',
        ExpectedValue: 'develop',
        ActualValue: 'production',
        DifferenceType: 'NOT_EQUAL',
      },
    ],
  })
  const { drifted, ofReleases } = stackDrift('s', [alias, fn])
  expect(ofReleases).toBe(2)
  expect(drifted.flatMap(({ findings }) => findings.map(({ where }) => where))).toEqual(['Environment.Variables.STAGE'])
})

describe('a distribution', () => {
  const behavior = (PathPattern: string | undefined, more: object = {}) => ({
    ...(PathPattern === undefined ? {} : { PathPattern }),
    TargetOriginId: 'outreach-pages',
    CachePolicyId: 'disabled',
    AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
    ...more,
  })
  const distribution = (wanted: object, live: object, found: StackResourceDrift['PropertyDifferences'] = []) =>
    stackDrift('s', [
      drift({
        ResourceType: 'AWS::CloudFront::Distribution',
        ExpectedProperties: JSON.stringify({ DistributionConfig: wanted }),
        ActualProperties: JSON.stringify({ DistributionConfig: live }),
        PropertyDifferences: found,
      }),
    ]).drifted.flatMap(({ findings }) =>
      findings.map(({ where, expected, actual }) => `${where}: ${expected} / ${actual}`),
    )
  const four = ['/outreach/api/*', '/outreach-static/*', '/outreach/*', '/outreach'].map((pattern) => behavior(pattern))
  const wanted = { CacheBehaviors: four, DefaultCacheBehavior: behavior(undefined) }

  test.each<[what: string, live: object, says: readonly string[]]>([
    [
      'C2: another cache policy for pages',
      { ...wanted, CacheBehaviors: four.with(2, behavior('/outreach/*', { CachePolicyId: 'optimized' })) },
      ['behaviour /outreach/*: CachePolicyId: disabled / optimized'],
    ],
    [
      'R5: the exact path is gone',
      { ...wanted, CacheBehaviors: four.slice(0, 3) },
      ['behaviour /outreach: sends to outreach-pages / (none)'],
    ],
    [
      'R6: one more behaviour, in the middle',
      { ...wanted, CacheBehaviors: four.toSpliced(1, 0, behavior('/outreach*', { TargetOriginId: 'elsewhere' })) },
      ['behaviour /outreach*: (none) / sends to elsewhere'],
    ],
    [
      'R13: another order',
      { ...wanted, CacheBehaviors: [four[1], four[0], four[2], four[3]] },
      [
        'order of behaviours: /outreach/api/*, /outreach-static/*, /outreach/*, /outreach / /outreach-static/*, /outreach/api/*, /outreach/*, /outreach',
      ],
    ],
    [
      'methods in another order, and defaults the template does not speak of',
      {
        ...wanted,
        DefaultCacheBehavior: behavior(undefined, {
          AllowedMethods: ['OPTIONS', 'GET', 'HEAD'],
          SmoothStreaming: false,
        }),
      },
      [],
    ],
    [
      'the default',
      { ...wanted, DefaultCacheBehavior: behavior(undefined, { Compress: true, CachePolicyId: 'x' }) },
      ['behaviour (default): CachePolicyId: disabled / x'],
    ],
  ])('%s', (_what, live, says) => {
    expect(distribution(wanted, live)).toEqual(says)
  })

  test('the rest is told by its path', () => {
    expect(
      distribution(wanted, wanted, [
        {
          PropertyPath: '/DistributionConfig/HttpVersion',
          ExpectedValue: 'http2and3',
          ActualValue: 'http1.1',
          DifferenceType: 'NOT_EQUAL',
        },
      ]),
    ).toEqual(['DistributionConfig.HttpVersion: http2and3 / http1.1'])
  })
})
