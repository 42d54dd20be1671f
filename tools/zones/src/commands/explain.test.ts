import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AccountFactsError } from '@sax/infra/account-facts'
import { type RoutingMode, type Stage, stages } from '@sax/topology'
import { afterAll, describe, expect, test } from 'vitest'
import { xmlFault } from '../../test/diagram/well-formed.ts'
import { diskFiles } from '../explain/files.ts'
import { type ExplainArguments, explain } from './explain.ts'

const folder = mkdtempSync(join(tmpdir(), 'zones-explain-'))
afterAll(() => rmSync(folder, { recursive: true }))

const asked = (url: string, rest: Partial<ExplainArguments> = {}) =>
  explain({ url, method: 'GET', headers: [], json: false, ...rest }, diskFiles, (stage) => stages[stage].routing)

async function textOf(url: string, rest: Partial<ExplainArguments> = {}): Promise<string> {
  const outcome = await asked(url, rest)
  if (outcome.kind !== 'done') throw new Error('expected an explanation')
  return outcome.text
}

interface Hops {
  readonly stage: string
  readonly routing: string
  readonly hops: readonly Record<string, unknown>[]
}

async function hopsOf(url: string, rest: Partial<ExplainArguments> = {}): Promise<Hops> {
  return JSON.parse(await textOf(url, { json: true, ...rest }))
}

const API = 'https://dev.mydreamconnect.com/outreach/api/outreach/templates'

describe('the way of the API call that the checklist makes', () => {
  test('host routing: distribution, proxy, the zone’s own distribution, its API routes', async () => {
    const { stage, routing, hops } = await hopsOf(API)
    expect([stage, routing]).toEqual(['develop', 'host'])
    expect(hops.map(({ kind }) => kind)).toEqual(['distribution', 'carried', 'distribution', 'answered'])
    expect(hops[0]).toMatchObject({
      zone: 'sleepconnect',
      behavior: { number: 1, count: 6, pathPattern: '/outreach/api/*', triedBefore: [] },
      policies: { cache: 'CachingDisabled', originRequest: 'AllViewerExceptHostHeader' },
      viewerRequest: { outcome: 'changed', headersSet: ['x-forwarded-host', 'x-request-id', 'x-sax-hops'] },
      cache: { stored: false, why: 'the cache policy stores nothing' },
      sent: { origin: 'sleepconnect-pages', path: '/outreach/api/outreach/templates', signed: true, refusals: [] },
    })
    expect(hops[1]).toEqual({
      kind: 'carried',
      zone: 'outreach',
      to: 'https://outreach-dev.mydreamconnect.com',
      pattern: '/outreach/api/*',
      token: 'none is shown: without a session or a token the zone answers 401',
      set: ['x-sax-user-context'],
      dropped: [],
    })
    expect(hops[2]).toMatchObject({ zone: 'outreach', host: 'outreach-dev.mydreamconnect.com' })
    expect(hops[3]).toEqual({
      kind: 'answered',
      origin: 'outreach-api-routes',
      behind: 'Lambda function',
      name: 'sax-lambda-us-east-1-0x-d-outreach-api-routes_develop',
      qualifier: 'live',
      access: 'signed by origin access control, auth type AWS_IAM',
      logGroup: '/aws/lambda/sax-lambda-us-east-1-0x-d-outreach-server_develop',
    })
  })

  test('edge routing: one distribution, then the API routes', async () => {
    const { hops } = await hopsOf(API, { routing: 'edge' })
    expect(hops.map(({ kind }) => kind)).toEqual(['distribution', 'answered'])
    expect(hops[0]).toMatchObject({ sent: { origin: 'outreach-api-routes' }, cache: { stored: false } })
  })
})

test.each([
  ['https://dreamconnect.health/outreach-static/_next/a.js', 'sax-nextjs-us-east-production-outreach-assets'],
  ['https://outreach-staging.mydreamconnect.com/outreach', 'sax-lambda-us-east-1-0x-s-outreach-server_staging'],
  ['https://outreach.mydreamconnect.com/outreach', 'sax-lambda-us-east-1-0x-d-outreach-server_develop'],
  ['https://dreamconnect.health/patients', 'sax-lambda-us-east-1-0x-p-sleep-connect-server_production'],
  ['https://dreamconnect.health', 'sax-lambda-us-east-1-0x-p-sleep-connect-server_production'],
  ['http://localhost:8080/outreach/templates', 'localhost:3001'],
])('%s is answered by %s', async (url, name) => {
  expect((await hopsOf(url)).hops.at(-1)).toMatchObject({ kind: 'answered', name })
})

test('a hashed file may be stored: key, lifetimes and the patterns tried before are told', async () => {
  const { hops } = await hopsOf('https://dreamconnect.health/outreach-static/_next/a.js', {
    headers: ['accept-encoding: br'],
  })
  expect(hops[0]).toMatchObject({
    behavior: { number: 2, triedBefore: ['/outreach/api/*'] },
    cache: {
      stored: true,
      key: ['distribution', 'method', 'path', 'accept-encoding, normalised'],
      ...{ minTtlSec: 1, defaultTtlSec: 86_400, maxTtlSec: 31_536_000 },
    },
    sent: { dropped: ['user-agent', 'x-forwarded-host', 'x-request-id', 'x-sax-hops'] },
  })
})

describe('what the front door answers by itself', () => {
  test('a program that does not say what it is: the firewall answers 403', async () => {
    const { hops } = await hopsOf('https://dreamconnect.health/outreach', { headers: ['user-agent:'] })
    expect(hops).toMatchObject([{ kind: 'ended', by: 'SleepconnectDistribution', status: 403, reason: 'blocked' }])
  })

  test.each([
    ['https://dev.mydreamconnect.com/outreach/%74emplates', 400],
    ['https://dev.mydreamconnect.com/outreach/../patients', 400],
    ['https://dev.mydreamconnect.com/OUTREACH/templates', 404],
  ])('%s: the function answers %i', async (url, status) => {
    const { hops } = await hopsOf(url)
    expect(hops[0]).toMatchObject({ kind: 'distribution', viewerRequest: { outcome: 'answered' } })
    expect(hops[0]).not.toHaveProperty('sent')
    expect(hops.slice(1)).toEqual([
      {
        ...{ kind: 'ended', by: 'sleepconnect-viewer-request-develop', status },
        reason: 'the function answers by itself',
      },
    ])
  })

  test('a method that the behaviour does not take: the function is not asked', async () => {
    const { hops } = await hopsOf('https://dev.mydreamconnect.com/outreach/templates', { method: 'DELETE' })
    expect(hops).toMatchObject([
      { behavior: { pathPattern: '/outreach/*' }, viewerRequest: { outcome: 'not run' } },
      { kind: 'ended', by: 'SleepconnectDistribution', status: 403, reason: 'method not allowed' },
    ])
  })

  test('http is sent to https', async () => {
    const { hops } = await hopsOf('http://dreamconnect.health/patients?name=canary')
    expect(hops.at(-1)).toMatchObject({ kind: 'ended', status: 301, reason: 'redirected to https' })
    expect(JSON.stringify(hops)).not.toContain('canary')
  })

  test('a host name of another stage is refused', async () => {
    const { hops } = await hopsOf('https://dreamconnect.health/patients', { stage: 'develop' })
    expect(hops).toEqual([{ kind: 'ended', status: 403, reason: 'unknown host' }])
  })
})

test('a write without the hash of its body would be refused where origin access control signs', async () => {
  const refusals = async (headers: readonly string[]) =>
    (await hopsOf(API, { method: 'POST', routing: 'edge', headers })).hops[0]
  expect(await refusals([])).toMatchObject({ sent: { refusals: [expect.stringContaining('x-amz-content-sha256')] } })
  expect(await refusals([`x-amz-content-sha256: ${'0'.repeat(64)}`])).toMatchObject({ sent: { refusals: [] } })
})

describe('the host’s proxy', () => {
  const carried = async (url: string, rest: Partial<ExplainArguments>) =>
    (await hopsOf(url, rest)).hops.find(({ kind }) => kind === 'carried')

  test.each<[why: string, rest: Partial<ExplainArguments>, token: string, dropped: readonly string[]]>([
    ['a session', { cookie: '__session__0=a; theme=dark' }, 'minted afresh', ['cookie __session__0']],
    ['a token in a header', { headers: ['x-sax-user-context: a'] }, "the client's own", []],
    ['a token in a cookie', { cookie: 'x-sax-user-context=a' }, "the client's own", ['cookie x-sax-user-context']],
    ['neither', { headers: ['authorization: Bearer a'] }, 'the zone answers 401', []],
  ])('%s', async (_why, rest, token, dropped) => {
    expect(await carried(API, rest)).toMatchObject({ token: expect.stringContaining(token), dropped })
  })

  test('a bearer token does not get as far: origin access control signs in its place', async () => {
    const { hops } = await hopsOf(API, { headers: ['authorization: Bearer a'] })
    expect(hops[0]).toMatchObject({ sent: { dropped: ['authorization'] } })
  })

  test('a page without session and token is sent to sign in', async () => {
    expect(await carried('https://dev.mydreamconnect.com/outreach', {})).toMatchObject({
      pattern: '/outreach',
      token: expect.stringContaining('302 to sign-in'),
    })
  })

  test('health needs no token', async () => {
    expect(await carried('https://dev.mydreamconnect.com/outreach/health', {})).toMatchObject({ set: [] })
  })
})

const SOMEBODYS = {
  DistributionConfig: {
    Enabled: true,
    Aliases: { Quantity: 1, Items: ['shop.example.test'] },
    Origins: {
      Quantity: 1,
      Items: [
        {
          ...{ Id: 'app', DomainName: 'app.lambda-url.us-east-1.on.aws', CustomOriginConfig: {} },
          CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'x-origin-key', HeaderValue: 'canary' }] },
        },
      ],
    },
    DefaultCacheBehavior: {
      ...{ TargetOriginId: 'app', ViewerProtocolPolicy: 'https-only', MinTTL: 0, DefaultTTL: 60, MaxTTL: 3600 },
      ForwardedValues: {
        QueryString: true,
        Cookies: { Forward: 'all' },
        Headers: { Quantity: 2, Items: ['Host', 'X-Tenant-Id'] },
      },
    },
  },
}

describe('somebody’s configuration', () => {
  const distribution = join(folder, 'live.json')
  writeFileSync(distribution, JSON.stringify(SOMEBODYS))

  test('a Host that is forwarded to a function URL is refused there', async () => {
    const { hops } = await hopsOf('https://shop.example.test/', { distribution })
    expect(hops).toMatchObject([
      { id: 'live', sent: { refusals: [expect.stringContaining("viewer's Host is forwarded")] } },
      { kind: 'answered', behind: 'Lambda function', name: 'app.lambda-url.us-east-1.on.aws' },
    ])
  })

  test('the key names headers, cookies and query strings; what has no name may be a value', async () => {
    const { hops } = await hopsOf('https://shop.example.test/a?page=canary&canary', {
      distribution,
      headers: ['x-tenant-id: canary'],
      cookie: 'theme=canary; canary',
    })
    expect(hops[0]).toMatchObject({
      cache: {
        stored: true,
        key: [
          ...['distribution', 'method', 'path', 'header host', 'header x-tenant-id'],
          ...['cookie (without a name)', 'cookie theme', 'query page', 'query (without a name)'],
        ],
      },
    })
    expect(JSON.stringify(hops)).not.toContain('canary')
  })

  test('a function whose source is not there is not claimed to change nothing', async () => {
    const file = join(folder, 'function.json')
    const { DistributionConfig } = SOMEBODYS
    const arn = 'arn:aws:cloudfront::123456789012:function/rewrite'
    const FunctionAssociations = { Quantity: 1, Items: [{ EventType: 'viewer-request', FunctionARN: arn }] }
    const DefaultCacheBehavior = { ...DistributionConfig.DefaultCacheBehavior, FunctionAssociations }
    writeFileSync(file, JSON.stringify({ ...DistributionConfig, DefaultCacheBehavior }))
    const text = await textOf('https://shop.example.test/', { distribution: file })
    expect(text).toContain('unknown: its source is not in this configuration')
    expect(text).toMatch(/note +.*the source of function arn:aws:cloudfront/)
  })
})

test('a function that is no script is said to be one', async () => {
  const template = {
    Resources: {
      Broken: {
        Type: 'AWS::CloudFront::Function',
        Properties: { Name: 'broken', FunctionCode: 'function handler( {' },
      },
      Shop: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: {
          DistributionConfig: {
            Aliases: ['shop.example.test'],
            Origins: [{ Id: 'app', DomainName: 'app.example.test', CustomOriginConfig: {} }],
            DefaultCacheBehavior: {
              ...{ TargetOriginId: 'app', ViewerProtocolPolicy: 'https-only' },
              CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
              FunctionAssociations: [
                { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Broken', 'FunctionARN'] } },
              ],
            },
            Enabled: true,
          },
        },
      },
    },
  }
  const distribution = join(folder, 'broken.json')
  writeFileSync(distribution, JSON.stringify(template))
  const outcome = await asked('https://shop.example.test/', { distribution })
  expect(outcome).toMatchObject({ kind: 'bad-input', reason: expect.stringContaining('function broken') })
})

describe('no value of a header, a cookie or a query is in any output', () => {
  const secret: Partial<ExplainArguments> = {
    headers: ['x-tenant-id: canary', 'authorization: Bearer canary', 'x-own: canary', 'x-sax-user-context: canary'],
    cookie: '__session=canary; x-sax-user-context=canary; theme=canary; canary',
  }

  test.each<[what: string, rest: Partial<ExplainArguments>]>([
    ['text', {}],
    ['JSON', { json: true }],
    ['picture', { svg: true }],
  ])('%s', async (_what, rest) => {
    for (const routing of ['host', 'edge']) {
      const output = await textOf(`${API}?search=canary&canary`, { ...secret, ...rest, routing })
      expect(output).toContain('/outreach/api/outreach/templates')
      expect(output).toContain('x-tenant-id')
      expect(output).not.toContain('canary')
    }
  })

  test('nor in what is said about bad input', async () => {
    const outcomes = [
      await asked(API, { headers: ['canary'] }),
      await asked(API, { headers: ['x-own: canary\u2026'] }),
      await asked(API, { cookie: 'canary\n' }),
    ]
    expect(outcomes.map(({ kind }) => kind)).toEqual(['bad-input', 'bad-input', 'done'])
    expect(JSON.stringify(outcomes)).not.toContain('canary')
  })
})

describe('the picture', () => {
  test('one well-formed SVG with a name, the same every time', async () => {
    const picture = await textOf(API, { svg: true })
    expect(xmlFault(picture)).toBeUndefined()
    expect(picture).toMatch(/^<svg role="img" aria-label="GET https:\/\/dev\.mydreamconnect\.com\/outreach\//)
    expect(await textOf(API, { svg: true })).toBe(picture)
  })

  test('a path that looks like markup stays text', async () => {
    const picture = await textOf('https://dreamconnect.health/<script>&"', { svg: true })
    expect(xmlFault(picture)).toBeUndefined()
    expect(picture).not.toContain('<script>')
  })

  test('into a file: the text is printed beside it', async () => {
    const file = join(folder, 'way.svg')
    expect(await textOf(API, { svg: file })).toContain('1  distribution SleepconnectDistribution')
    expect(readFileSync(file, 'utf8')).toMatch(/^<svg /)
  })
})

describe('the routing that a stage is to have', () => {
  const explained = (ownRouting: (stage: Stage) => RoutingMode) =>
    explain({ url: API, method: 'GET', headers: [], json: true }, diskFiles, ownRouting)

  test('is explained when nobody names one', async () => {
    expect(await explained(() => 'edge')).toMatchObject({ text: expect.stringContaining('"routing": "edge"') })
  })

  test('is asked for where nobody can say it', async () => {
    const outcome = await explained(() => {
      throw new AccountFactsError('malformed', 'The facts of develop cannot be used: routing: is host or edge.')
    })
    expect(outcome).toMatchObject({ kind: 'bad-input', reason: expect.stringContaining('is host or edge') })
  })
})

test.each<[why: string, url: string, rest: Partial<ExplainArguments>, says: string]>([
  ['no URL', '', {}, 'whole URL'],
  ['a path alone', '/patients', {}, 'whole URL'],
  ['an unknown host', 'https://example.test/', {}, 'No stage has the name example.test'],
  ['an unknown stage', API, { stage: 'prod' }, 'There is no stage "prod"'],
  ['an unknown routing mode', API, { routing: 'cloud' }, '--routing is host or edge'],
  ['an unknown method', API, { method: 'BREW' }, '--method is one of'],
  ['a header without a colon', API, { headers: ['nonsense'] }, '--header'],
  ['a file that is not there', API, { distribution: '/no/such/file.json' }, 'there is no such file'],
  ['a picture into a place that is not there', API, { svg: '/no/such/place.svg' }, 'Give --svg another file'],
  ['a picture and JSON in one output', API, { svg: true, json: true }, 'Give --svg a FILE'],
])('%s is bad input', async (_why, url, rest, says) => {
  const outcome = await asked(url, rest)
  expect(outcome).toMatchObject({ kind: 'bad-input', reason: expect.stringContaining(says) })
})
