import { describe, expect, test } from 'vitest'
import { behavior, origins, policies, READ, type TinyDistribution, template, tinyModel } from '../../test/lint-model.ts'
import { judge } from './judge.ts'

const ORIGINS = {
  host: 'host.example.com',
  blog: 'blog.example.com',
  files: 'files.s3.us-east-1.amazonaws.com',
  fn: 'abc.lambda-url.us-east-1.on.aws',
}
const api = behavior({ path: '/blog/api/*', to: 'blog' })
const files = behavior({
  path: '/blog-static/*',
  to: 'files',
  cache: policies.CachingOptimized ?? '',
  forward: policies['CORS-S3Origin'],
  methods: READ,
  compress: true,
})
const pages = behavior({ path: '/blog/*', to: 'blog', methods: READ })
const exact = behavior({ path: '/blog', to: 'blog', methods: READ })
const rest = behavior({ to: 'host' })

const found = (one: Partial<TinyDistribution>) =>
  judge(
    tinyModel({
      distributions: [template({ origins: origins(ORIGINS), behaviors: [api, files, pages, exact, rest], ...one })],
    }),
  ).map(({ rule, witness }) => `${rule} ${witness}`)

const overwrites = {
  Names: {
    Type: 'AWS::CloudFront::Function',
    Properties: {
      Name: 'names',
      FunctionCode: `function handler(event) { event.request.headers['x-forwarded-host'] = { value: event.request.headers.host.value }; return event.request }`,
    },
  },
}
const passes = {
  Names: {
    Type: 'AWS::CloudFront::Function',
    Properties: { Name: 'names', FunctionCode: 'function handler(event) { return event.request }' },
  },
}

describe('what a stranger’s valid distribution may look like is left alone', () => {
  test.each<[string, Partial<TinyDistribution>]>([
    ['every behaviour of the zone', {}],
    ['one behaviour for everything', { behaviors: [rest] }],
    ['files alone have a behaviour', { behaviors: [files, rest] }],
    [
      'everything of the zone by way of the host',
      {
        behaviors: [behavior({ path: '/blog/*', to: 'host' }), rest],
      },
    ],
    [
      'pages cached for at most as long as they say',
      {
        behaviors: [
          api,
          files,
          { ...pages, CachePolicyId: policies.UseOriginCacheControlHeaders ?? '' },
          { ...exact, CachePolicyId: policies.UseOriginCacheControlHeaders ?? '' },
          rest,
        ],
        origins: origins(ORIGINS),
      },
    ],
    [
      'one application in two functions',
      {
        origins: origins({
          ...ORIGINS,
          one: 'one.lambda-url.us-east-1.on.aws',
          two: 'two.lambda-url.us-east-1.on.aws',
        }),
        resources: overwrites,
        behaviors: [
          behavior({ path: '/blog/api/*', to: 'two', viewerRequest: 'Names' }),
          files,
          behavior({ path: '/blog/*', to: 'one', methods: READ, viewerRequest: 'Names' }),
          behavior({ path: '/blog', to: 'one', methods: READ, viewerRequest: 'Names' }),
          rest,
        ],
      },
    ],
    ['a default error page', { errors: [{ ErrorCode: 404, ErrorCachingMinTTL: 300 }] }],
  ])('%s', (_why, one) => {
    expect(found(one)).toEqual([])
  })
})

describe('a behaviour that goes wrong is found, with a path that shows it', () => {
  test.each<[string, Partial<TinyDistribution>, readonly string[]]>([
    ['R5: the bare base path', { behaviors: [api, files, pages, rest] }, ['missing-exact-path /blog']],
    [
      'the files',
      { behaviors: [api, pages, exact, rest] },
      ['missing-static-behavior /blog-static/_next/static/chunks/main.js'],
    ],
    [
      'R13: pages before the API',
      {
        behaviors: [pages, { ...api, TargetOriginId: 'host' }, files, exact, rest],
      },
      ['writes-blocked /blog/api/templates', 'wrong-order /blog/api/templates'],
    ],
    [
      '`/blog*` swallows the files',
      {
        behaviors: [api, behavior({ path: '/blog*', to: 'blog' }), files, rest],
      },
      [
        'swallowed-assets /blog-static/_next/static/chunks/main.js',
        'wrong-order /blog-static/_next/static/chunks/main.js',
      ],
    ],
    [
      'R13: two patterns that cross',
      {
        behaviors: [behavior({ path: '*/feed', to: 'host' }), api, files, pages, exact, rest],
      },
      [
        'overlapping-patterns /blog/api/feed',
        'overlapping-patterns /blog-static/feed',
        'overlapping-patterns /blog/feed',
      ],
    ],
    [
      'the API to a bucket',
      {
        behaviors: [
          { ...api, TargetOriginId: 'files', OriginRequestPolicyId: policies['CORS-S3Origin'] },
          files,
          pages,
          exact,
          rest,
        ],
      },
      ['api-bypass /blog/api/templates'],
    ],
    [
      'R2: the API to a gateway',
      {
        origins: origins({ ...ORIGINS, gateway: 'x.execute-api.eu-west-1.amazonaws.com' }),
        behaviors: [{ ...api, TargetOriginId: 'gateway' }, files, pages, exact, rest],
      },
      ['api-bypass /blog/api/templates'],
    ],
    [
      'R2: the API kept by the host',
      { behaviors: [{ ...api, TargetOriginId: 'host' }, files, pages, exact, rest] },
      ['api-bypass /blog/api/templates'],
    ],
    [
      'the API read only',
      { behaviors: [{ ...api, AllowedMethods: READ }, files, pages, exact, rest] },
      ['writes-blocked /blog/api/templates'],
    ],
    [
      'capital letters',
      { behaviors: [api, files, { ...pages, PathPattern: '/Blog/*' }, exact, rest] },
      ['api-bypass /blog/api/templates', 'case-mismatch /blog/conversations'],
    ],
    [
      'C2: pages kept for a second',
      { behaviors: [api, files, { ...pages, CachePolicyId: policies.CachingOptimized ?? '' }, exact, rest] },
      ['cached-signed-in /blog/conversations'],
    ],
    [
      'C8: API answers kept',
      { behaviors: [{ ...api, CachePolicyId: policies.CachingOptimized ?? '' }, files, pages, exact, rest] },
      ['cached-signed-in /blog/api/templates'],
    ],
    [
      'C6: an id a few characters off',
      { behaviors: [api, files, { ...pages, CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39aa' }, exact, rest] },
      ['unknown-policy /blog/conversations'],
    ],
    [
      'C6: an id that is none',
      { behaviors: [api, files, { ...pages, CachePolicyId: 'cache-policy_undefined' }, exact, rest] },
      ['unknown-policy /blog/conversations'],
    ],
    [
      'C6: an id of nobody',
      { behaviors: [api, files, { ...pages, CachePolicyId: '00000000-1111-2222-3333-444444444444' }, exact, rest] },
      ['unknown-policy /blog/conversations'],
    ],
    [
      'Compress that cannot happen',
      { behaviors: [{ ...api, Compress: true }, files, pages, exact, rest] },
      ['impossible-compression /blog/api/templates'],
    ],
    [
      'Host to a bucket',
      { behaviors: [api, { ...files, OriginRequestPolicyId: policies.AllViewer }, pages, exact, rest] },
      ['host-forwarded /blog-static/_next/static/chunks/main.js'],
    ],
    [
      'S15: a name the viewer may choose',
      {
        behaviors: [api, files, pages, exact, behavior({ to: 'fn' })],
      },
      ['forwarded-host-not-overwritten /'],
    ],
    [
      'S15: a function that lets it pass',
      {
        resources: passes,
        behaviors: [api, files, pages, exact, behavior({ to: 'fn', viewerRequest: 'Names' })],
      },
      ['forwarded-host-not-overwritten /'],
    ],
    [
      'S12: a function URL that asks for no signature',
      {
        origins: origins(ORIGINS)
          .map(({ OriginAccessControlId: _id, ...origin }) => origin)
          .concat(origins({ files2: 'b.s3.us-east-1.amazonaws.com' })),
        resources: overwrites,
        behaviors: [api, files, pages, exact, behavior({ to: 'fn', viewerRequest: 'Names' })],
      },
      ['public-origin /'],
    ],
    [
      'failures kept for minutes',
      {
        behaviors: [
          api,
          files,
          pages,
          exact,
          behavior({ path: '/shop', to: 'host', cache: policies.CachingOptimized ?? '' }),
          rest,
        ],
        errors: [{ ErrorCode: 503, ErrorCachingMinTTL: 300 }],
      },
      ['error-caching /shop'],
    ],
  ])('%s', (_why, one, expected) => {
    expect(found(one)).toEqual(expected)
  })
})

test('a host that rewrites the zone makes a missing behaviour a detour, not a dead end', () => {
  const distributions = [template({ origins: origins(ORIGINS), behaviors: [api, files, pages, rest] })]
  const rewrites = [{ source: '/blog/:path*', destination: 'https://blog.example.com/blog/:path*' }]
  expect(judge(tinyModel({ distributions, rewrites })).map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
    'missing-exact-path warning',
  ])
})

test('correction 7: a zone that neither host nor distribution carries is named', () => {
  const distributions = [template({ origins: origins(ORIGINS), behaviors: [rest] })]
  expect(judge(tinyModel({ distributions, rewrites: [] })).map(({ rule }) => rule)).toEqual(['unrouted-zone'])
})

test('pages that need no session may be kept, if the zone says so', () => {
  const distributions = [
    template({
      origins: origins(ORIGINS),
      behaviors: [files, { ...pages, CachePolicyId: policies.CachingOptimized ?? '' }, exact, rest],
    }),
  ]
  const zones = [{ name: 'blog', basePath: '/blog', assetPrefix: '/blog-static', public: true }]
  expect(judge(tinyModel({ zones, distributions }))).toEqual([])
})

test('what falls to the default of another zone’s distribution is asked there by nobody', () => {
  const distributions = [
    template({
      origins: origins(ORIGINS),
      behaviors: [api, files, pages, exact, behavior({ to: 'blog', methods: READ })],
    }),
  ]
  const zones = [
    { name: 'blog', basePath: '/blog', assetPrefix: '/blog-static', api: '/blog/api' },
    { name: 'shop', basePath: '/shop', api: '/shop/api' },
  ]
  expect(judge(tinyModel({ zones, distributions }))).toEqual([])
})
