import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { behavior, origins, template, tinyModel } from '../../../test/lint-model.ts'
import { type OpenNextSettings, readOpenNext } from '../input/open-next.ts'
import { judge } from '../judge.ts'

const folder = mkdtempSync(join(tmpdir(), 'zones-open-next-'))
afterAll(() => rmSync(folder, { recursive: true }))

const openNext = (facts: Partial<OpenNextSettings>): OpenNextSettings => ({
  file: 'host/open-next.config.ts',
  wrapper: 'streaming',
  isProxyApart: false,
  ...facts,
})

const url = (InvokeMode?: string) => ({
  PagesUrl: {
    Type: 'AWS::Lambda::Url',
    Properties: {
      TargetFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:pages',
      Qualifier: 'live',
      AuthType: 'AWS_IAM',
      ...(InvokeMode === undefined ? {} : { InvokeMode }),
    },
  },
})

/** A host before a function URL; rules that look at other things are not what is asked. */
function found(rules: readonly string[], settings: OpenNextSettings, resources: object, last: object = {}) {
  const site = template({
    origins: [
      {
        Id: 'pages',
        DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['PagesUrl', 'FunctionUrl'] }] }] },
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
        OriginAccessControlId: 'E2EXAMPLE',
      },
    ],
    behaviors: [{ ...behavior({ to: 'pages' }), ...last }],
    resources: resources as Record<string, object>,
  })
  const model = tinyModel({ openNext: settings, proxy: 'export function proxy() {}', distributions: [site] })
  return judge(model)
    .filter(({ rule }) => rules.includes(rule))
    .map(({ rule, where }) => `${rule} ${where}`)
}

describe('C5: build and function URL agree on streaming', () => {
  test.each<[what: string, wrapper: OpenNextSettings['wrapper'], mode: string | undefined, isFound: boolean]>([
    ['both stream', 'streaming', 'RESPONSE_STREAM', false],
    ['neither streams', 'buffered', 'BUFFERED', false],
    ['neither says so, and neither streams', 'buffered', undefined, false],
    ['the build streams alone', 'streaming', 'BUFFERED', true],
    ['the build streams, and the URL does not say', 'streaming', undefined, true],
    ['the URL streams alone', 'buffered', 'RESPONSE_STREAM', true],
    ['a wrapper of the project’s own says nothing', undefined, 'BUFFERED', false],
  ])('%s', (_what, wrapper, mode, isFound) => {
    expect(found(['stream-mode'], openNext({ wrapper }), url(mode))).toEqual(
      isFound ? ['stream-mode host/open-next.config.ts: wrapper'] : [],
    )
  })
})

describe('R12: a proxy that is built runs', () => {
  const atEdge = { LambdaFunctionAssociations: [{ EventType: 'viewer-request', LambdaFunctionARN: 'arn:x:1' }] }

  test.each<[what: string, isProxyApart: boolean, last: object, isFound: boolean]>([
    ['inside the server function', false, {}, false],
    ['apart, and called by the distribution', true, atEdge, false],
    ['apart, and called by nobody', true, {}, true],
  ])('%s', (_what, isProxyApart, last, isFound) => {
    const all = found(['unshipped-proxy'], openNext({ isProxyApart }), url('RESPONSE_STREAM'), last)
    expect(all).toHaveLength(isFound ? 1 : 0)
  })
})

describe('C7: files of a zone are not deleted by their age', () => {
  const bucket = (...Rules: readonly object[]) => ({
    Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files', LifecycleConfiguration: { Rules } } },
  })
  const findings = (resources: object, host = 'files.s3.us-east-1.amazonaws.com') =>
    judge(
      tinyModel({
        distributions: [
          template({
            origins: origins({ files: host }),
            behaviors: [behavior({ to: 'files' })],
            resources: resources as Record<string, object>,
          }),
        ],
      }),
    ).filter(({ rule }) => rule === 'expiring-assets')

  test('a rule about current files is found, whether in force now or from a day on', () => {
    expect(findings(bucket({ Status: 'Enabled', ExpirationInDays: 30 }))).toHaveLength(1)
    expect(findings(bucket({ Status: 'Enabled', ExpirationDate: '2027-01-01' }))).toHaveLength(1)
  })

  test.each<[what: string, resources: object, host?: string]>([
    ['superseded versions', bucket({ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 } })],
    ['a rule that is off', bucket({ Status: 'Disabled', ExpirationInDays: 30 })],
    ['a bucket of logs', bucket({ Status: 'Enabled', ExpirationInDays: 30 }), 'other.s3.us-east-1.amazonaws.com'],
  ])('%s may go', (_what, resources, host) => {
    expect(findings(resources, host)).toEqual([])
  })
})

test.each<[code: string, wrapper: OpenNextSettings['wrapper'], isProxyApart: boolean]>([
  ["export default { default: { override: { wrapper: 'aws-lambda-streaming' } } }", 'streaming', false],
  [
    "export default { default: { override: { wrapper: 'aws-lambda' } }, middleware: { external: true } }",
    'buffered',
    true,
  ],
  ['export default { default: { override: { wrapper: () => import("./wrapper") } } }', undefined, false],
  ['export default { default: {} /* wrapper: "aws-lambda-streaming", external: true */ }', 'buffered', false],
])('%s', (code, wrapper, isProxyApart) => {
  writeFileSync(join(folder, 'open-next.config.ts'), code)
  expect(readOpenNext(folder, 'host')).toEqual({ file: 'host/open-next.config.ts', wrapper, isProxyApart })
})
