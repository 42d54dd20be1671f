import { describe, expect, test } from 'vitest'
import type { Observations, SeenFailure } from './observations.ts'
import { type SymptomName, symptomNames } from './symptom-names.ts'
import { diagnose, symptoms, undecided } from './symptoms.ts'
import { answering, disagreeing, freshlyRotated, seen, unseen, well, wrong } from './test/good-observations.ts'
import type { Tree } from './tree.ts'

const seeing = (...changes: readonly Partial<Observations>[]): Observations => Object.assign({}, well, ...changes)
const functions = well.functions.kind === 'seen' ? well.functions.value : []
const withFunction = (role: string, change: object) =>
  seen(functions.map((one) => (one.role === role ? { ...one, ...change } : one)))

test('a stage that is well has no symptom', () => {
  expect(diagnose(well, undefined)).toEqual([])
  expect(undecided(well)).toEqual([])
})

test.each(symptomNames)('asked about %s, which is not there, it says so and claims no cause', (symptom) => {
  const [diagnosis] = diagnose(well, symptom)
  expect(diagnosis?.presence).toBe('no')
  expect(diagnosis?.finding.leaf.id).toMatch(/^(?:not-seen|as-it-should)$/)
})

const is502 = answering({ 'api.host.cookie': { status: 502 } })
const is400 = { status: 400, message: 'Invalid or missing tenant_id' }
const failing = (errorType: string, phase: SeenFailure['phase'] = 'call') => ({
  failures: seen([{ role: 'outreach-server', phase, errorType }]),
})
const all401 = answering({
  ...{ 'api.host.cookie': { status: 401 }, 'api.host.header': { status: 401 } },
  ...{ 'api.outreach.cookie': { status: 401 }, 'api.outreach.header': { status: 401 } },
})
const everywhere404 = answering({ 'asset.host': { status: 404 }, 'asset.outreach': { status: 404 } })
const old = { 'health.outreach': { release: 'r1' } }

type Case = [symptom: SymptomName, cause: string, mend: string, observed: Observations]
const cases: readonly Case[] = [
  [
    '502',
    'wrong-alias',
    'infra apply',
    seeing(is502, { functions: withFunction('outreach-server', { version: undefined }) }),
  ],
  [
    '502',
    'wrong-alias',
    'infra apply',
    seeing(is502, { functions: withFunction('outreach-api-routes', { urlAtAlias: false }) }),
  ],
  ['502', 'never-released', 'deploy', seeing(is502, { functions: withFunction('outreach-server', { version: '1' }) })],
  ['502', 'init-crash', 'rollback', seeing(is502, failing('Runtime.ImportModuleError', 'init'))],
  ['502', 'timeout', 'rollback', seeing(is502, failing('timeout'))],
  [
    '502',
    'database',
    'infra status',
    seeing(
      answering({ 'api.host.cookie': { status: 504 }, 'health.backend': { code: 'degraded' } }),
      failing('timeout'),
    ),
  ],
  ['502', 'oversize', 'infra drift', seeing(is502, failing('Function.ResponseSizeTooLarge'))],
  [
    '502',
    'database',
    'infra status',
    seeing(answering({ 'api.host.cookie': { status: 503 }, 'health.backend': { code: 'degraded' } })),
  ],
  ['502', 'crash', 'rollback', seeing(is502, failing('TypeError'))],
  ['502', 'unreached', 'infra drift', seeing(is502)],
  ['502', 'is-400', '--symptom 400-tenant', seeing(answering({ 'api.host.cookie': is400 }))],
  [
    '400-tenant',
    'headers-lost',
    'rollback',
    seeing(answering({ 'api.host.cookie': is400, 'api.outreach.cookie': is400 })),
  ],
  [
    '400-tenant',
    'host-bypass',
    'rollback',
    seeing(answering({ 'api.host.cookie': is400 }), { handlerRan: seen(false) }),
  ],
  [
    '400-tenant',
    'distribution-bypass',
    'infra drift',
    seeing(answering({ 'api.host.cookie': is400 }), {
      handlerRan: seen(false),
      infrastructure: wrong('Distributions', 'dev.mydreamconnect.com', '/outreach/api/*: targetOriginId'),
    }),
  ],
  [
    '400-tenant',
    'zone-bypass',
    'infra drift',
    seeing(answering({ 'api.host.cookie': is400, 'api.outreach.cookie': is400 }), { handlerRan: seen(false) }),
  ],
  [
    '401',
    'secrets-differ',
    'infra apply',
    seeing(all401, { secrets: seen(disagreeing), refusals: seen(['untrusted']) }),
  ],
  ['401', 'clock', 'timedatectl', seeing(all401, { refusals: seen(['expired']), clockSkewSec: seen(-95) })],
  ['401', 'expired', '--symptom stale-page', seeing(all401, { refusals: seen(['expired']) })],
  [
    '401',
    'rotation-under-way',
    'secrets rotate',
    seeing(all401, { refusals: seen(['untrusted']), secrets: seen(freshlyRotated) }),
  ],
  ['401', 'untrusted', '--symptom skew', seeing(all401, { refusals: seen(['untrusted']) })],
  ['401', 'cookie-dropped', 'rollback', seeing(answering({ 'api.host.cookie': { status: 401 } }))],
  [
    '401',
    'cookies-not-forwarded',
    'infra drift',
    seeing(answering({ 'api.host.cookie': { status: 401 } }), {
      infrastructure: wrong('Distributions', 'd', '/outreach/*: originRequestPolicy'),
    }),
  ],
  ['static-404', 'bucket-policy', 'infra apply', seeing(answering({ 'asset.host': { status: 403 } }))],
  ['static-404', 'behaviour-missing', 'infra drift', seeing(answering({ 'asset.host': { status: 404 } }))],
  [
    'static-404',
    'behaviour-wrong',
    'infra drift',
    seeing(everywhere404, { infrastructure: wrong('Distributions', 'd', '/outreach-static/*: is missing') }),
  ],
  [
    'static-404',
    'bucket-policy',
    'infra apply',
    seeing(everywhere404, { infrastructure: wrong('Buckets', 'b', 'Statement') }),
  ],
  ['static-404', 'not-uploaded', 'deploy', seeing(everywhere404)],
  [
    'blank-page',
    'data-as-page',
    'infra drift',
    seeing(answering({ 'page.host.token': { bodyBytes: 900, headers: { 'content-type': 'text/x-component' } } })),
  ],
  ['blank-page', 'host-carries', 'rollback', seeing(answering({ 'page.host.token': { bodyBytes: 0 } }))],
  [
    'blank-page',
    'distribution',
    'infra drift',
    seeing(answering({ 'page.host.token': { bodyBytes: 0 } }), {
      infrastructure: wrong('Distributions', 'd', 'compress'),
    }),
  ],
  [
    'blank-page',
    'streaming-mode',
    'infra apply',
    seeing(answering({ 'page.host.token': { bodyBytes: 0 }, 'page.outreach.token': { bodyBytes: 0 } }), {
      infrastructure: wrong('Functions', 'address of x', 'InvokeMode'),
    }),
  ],
  [
    'blank-page',
    'zone-empty',
    'rollback',
    seeing(answering({ 'page.host.token': { hasMain: false }, 'page.outreach.token': { hasMain: false } })),
  ],
  ['blank-page', 'files-missing', '--symptom static-404', seeing(answering({ 'asset.host': { status: 404 } }))],
  ['redirect-loop', 'names', 'infra drift', seeing({ redirects: seen(['https://a/x', 'https://b/x', 'https://a/x']) })],
  ['redirect-loop', 'scheme', 'infra drift', seeing({ redirects: seen(['https://a/x', 'http://a/x', 'https://a/x']) })],
  ['redirect-loop', 'context-refused', '--symptom 401', seeing(answering({ 'page.host.token': { status: 302 } }))],
  [
    'stale-page',
    'cached-behaviour',
    'infra drift',
    seeing(answering({ 'page.host.token': { headers: { 'x-cache': 'Hit from cloudfront' } } }), {
      infrastructure: wrong('Distributions', 'd', 'cachePolicy'),
    }),
  ],
  [
    'stale-page',
    'cached-elsewhere',
    'infra status',
    seeing(answering({ 'page.host.token': { headers: { age: '17' } } })),
  ],
  [
    'stale-page',
    'keepable',
    'rollback',
    seeing(answering({ 'page.host.token': { headers: { 'cache-control': 's-maxage=31536000' } } })),
  ],
  ['stale-page', 'old-release', '--symptom skew', seeing(answering(old))],
  [
    'skew',
    'half-way',
    'releases',
    seeing(answering(old), { functions: withFunction('outreach-server', { weighted: ['8'] }) }),
  ],
  ['skew', 'moved-by-hand', 'rollback', seeing(answering(old))],
]

describe('each cause is told from the others, with the command that mends it', () => {
  test.each(cases)('%s because of %s: %s', (symptom, cause, mend, observed) => {
    const [{ finding } = { finding: undefined }] = diagnose(observed, symptom)
    expect(finding?.leaf.id).toBe(cause)
    expect(finding?.leaf.mend(observed)).toContain(mend)
    expect(finding?.isCertain).toBe(true)
    expect(finding?.steps.every(({ evidence }) => evidence !== '')).toBe(true)
  })

  test('401 because the host can sign nothing is told although no request could be made', () => {
    const none = { kind: 'unseen', why: "the host's function gave no token (Runtime.ExitError)" } as const
    const observed = seeing({ answers: { ...well.answers, 'api.host.cookie': none } })
    expect(diagnose(observed, '401')[0]?.finding.leaf.id).toBe('cannot-sign')
  })

  test('every cause of every tree is reached by one of these cases', () => {
    const reached = new Set(
      [
        ...cases.map(([symptom, , , observed]) => [symptom, observed] as const),
        ...symptomNames.map((name) => [name, well] as const),
      ].flatMap(([symptom, observed]) => diagnose(observed, symptom).map(({ finding }) => finding.leaf.id)),
    )
    const all = new Set(symptomNames.flatMap((name) => leaves(symptoms[name].tree)))
    // Told apart by tests of their own, above and below.
    expect([...all].filter((id) => !reached.has(id))).toEqual(['cannot-sign', 'no-page'])
  })
})

test('a 502 and a way around the zone are two things, each found without being named', () => {
  const observed = seeing(answering({ 'api.host.cookie': is400, 'page.host.token': { status: 502 } }), {
    handlerRan: seen(false),
  })
  expect(diagnose(observed, undefined).map(({ symptom }) => symptom)).toEqual(['502', '400-tenant'])
})

test('what could not be seen makes a cause probable, never certain', () => {
  const observed = seeing(is502, { failures: unseen, functions: unseen })
  const [diagnosis] = diagnose(observed, '502')
  expect(diagnosis?.finding.isCertain).toBe(false)
  expect(
    diagnosis?.finding.steps.filter(({ answer }) => answer === 'unseen').map(({ evidence }) => evidence),
  ).toContain('not to be seen here')
})

test('a stage to which nothing was released is found so, although its placeholders answer and give no token', () => {
  const none = { kind: 'unseen', why: "the host's function gave no token, but another answer" } as const
  const observed = seeing({
    answers: { ...well.answers, 'api.host.cookie': none, 'page.host.token': none },
    functions: withFunction('sleep-connect-server', { version: '1' }),
  })
  expect(diagnose(observed, undefined).map(({ symptom, finding }) => [symptom, finding.leaf.id])).toEqual([
    ['502', 'never-released'],
    ['401', 'cannot-sign'],
  ])
})

test('a symptom that nobody could look for is told as undecided', () => {
  const observed = seeing({ redirects: unseen })
  expect(diagnose(observed, undefined)).toEqual([])
  expect(undecided(observed)).toEqual([{ symptom: 'redirect-loop', why: 'not to be seen here' }])
})

test('without a page nobody says that its files are all there', () => {
  const observed = seeing(answering({ 'page.outreach.token': { status: 503 } }))
  expect(diagnose(observed, 'static-404')[0]?.finding.leaf.id).toBe('no-page')
})

function leaves(tree: Tree): readonly string[] {
  return tree.kind === 'leaf' ? [tree.id] : [...leaves(tree.yes), ...leaves(tree.no)]
}
