import { ambiguityOf, type RoutingMode } from '@sax/topology'
import { expect, test } from 'vitest'
import { randomNumbers } from './test/random.ts'
import { nextMatcher } from './test/random-patterns.ts'
import { randomTarget } from './test/random-urls.ts'
import { behaviorReader, edgeReader, misspeltReader, nextReader, type Owner, ownerInTable } from './test/readers.ts'

/** Where a request for an owner's path goes from the host's name. */
const ORIGINS: Readonly<Record<RoutingMode, Readonly<Record<Owner, readonly string[]>>>> = {
  edge: {
    'outreach api': ['outreach-api-routes'],
    'outreach assets': ['outreach-assets'],
    'outreach page': ['outreach-pages'],
    sleepconnect: ['sleepconnect-pages', 'sleepconnect-assets'],
  },
  host: {
    'outreach api': ['sleepconnect-pages'],
    'outreach assets': ['outreach-assets'],
    'outreach page': ['sleepconnect-pages'],
    sleepconnect: ['sleepconnect-pages', 'sleepconnect-assets'],
  },
}

interface Agreed {
  readonly kind: 'agreed'
  /** The owner; `ambiguous` when host and edge refuse alike, `misspelt` for a zone's path in another case. */
  readonly as: Owner | 'ambiguous' | 'misspelt'
}

interface Disputed {
  readonly kind: 'disputed'
  readonly by: string
}

interface Replaced {
  readonly next?: (path: string) => Owner
  readonly behavior?: (path: string) => string
}

/** Compares what the four make of a request target; a reader can be replaced, to see that it is missed. */
function comparison(routing: RoutingMode, replaced: Replaced = {}): (target: string) => Agreed | Disputed {
  const { next = nextReader(), behavior = behaviorReader(routing) } = replaced
  const isMisspelt = misspeltReader()
  const edge = edgeReader(routing)
  return (target) => {
    const path = target.split('?', 1)[0] ?? ''
    const answer = edge(target)
    const disputed = (by: string): Disputed => ({ kind: 'disputed', by: `${by}, edge ${JSON.stringify(answer)}` })

    const refusedByHost = ambiguityOf(path) !== undefined
    const refusedByEdge = answer.kind === 'generated' && answer.status === 400
    if (refusedByHost !== refusedByEdge) return disputed(`host refuses: ${refusedByHost}`)
    if (refusedByHost) return { kind: 'agreed', as: 'ambiguous' }

    const owner = ownerInTable(path)
    if (next(path) !== owner) return disputed(`table ${owner}, Next ${next(path)}`)
    const origin = behavior(path)
    if (!ORIGINS[routing][owner]?.includes(origin)) return disputed(`table ${owner}, behaviour ${origin}`)
    if (answer.origin !== origin) return disputed(`behaviour ${origin}`)
    if (isMisspelt(path)) {
      // The host's, as all agree, but it looks like the zone's: nobody answers it.
      const isRefused = owner === 'sleepconnect' && answer.status === 404
      return isRefused ? { kind: 'agreed', as: 'misspelt' } : disputed('misspelt')
    }
    return answer.kind === 'forward' && answer.sent === path
      ? { kind: 'agreed', as: owner }
      : disputed('not sent on as it came')
  }
}

const compareIn = { edge: comparison('edge'), host: comparison('host') }

test.each([
  ['edge', 1_000_000],
  ['host', 50_000],
] as const)(
  'R13: in %s routing, four readers agree on every one of %i URLs',
  { timeout: 300_000 },
  (routing, count) => {
    const compare = comparison(routing)
    const random = randomNumbers(20_260_502)
    const disputes: string[] = []
    const seen = new Map<string, number>()
    for (let i = 0; i < count; i++) {
      const target = randomTarget(random)
      const verdict = compare(target)
      if (verdict.kind === 'disputed') disputes.push(`${target}: ${verdict.by}`)
      else seen.set(verdict.as, (seen.get(verdict.as) ?? 0) + 1)
    }
    expect(disputes).toEqual([])
    expect([...seen.keys()].sort()).toEqual([
      'ambiguous',
      'misspelt',
      'outreach api',
      'outreach assets',
      'outreach page',
      'sleepconnect',
    ])
    expect(Math.min(...seen.values()) / count).toBeGreaterThan(0.02)
  },
)

test.each<[why: string, target: string, as: Agreed['as']]>([
  // Found by this test: no line of the table holds the bare asset prefix, yet in capitals it was refused as the zone's.
  ['the bare asset prefix is the host’s', '/outreach-static', 'sleepconnect'],
  ['the bare asset prefix in capitals is the host’s too', '/Outreach-Static', 'sleepconnect'],
  ['the bare path', '/outreach', 'outreach page'],
  ['the bare path with a slash', '/outreach/', 'outreach page'],
  ['the bare path with a query', '/outreach?/outreach-static/x', 'outreach page'],
  ['the bare API tree', '/outreach/api', 'outreach page'],
  ['the API tree with a slash', '/outreach/api/', 'outreach api'],
  ['what only begins like the API', '/outreach/apis', 'outreach page'],
  ['the API in capitals below the zone', '/outreach/API/templates', 'outreach page'],
  ['the zone in capitals', '/OUTREACH/templates', 'misspelt'],
  ['the zone further down', '/x/outreach', 'sleepconnect'],
  ['what only begins like the zone', '/outreachers', 'sleepconnect'],
  ['what only begins like the assets', '/outreach-statics/a.js', 'sleepconnect'],
  ['a segment that begins with a dot', '/outreach/.well-known/x', 'outreach page'],
  ['a segment of three dots', '/outreach/...', 'outreach page'],
  ['an encoded letter of another script', '/outreach/Jos%C3%A9', 'outreach page'],
  ['an encoded letter of ours', '/%6Futreach', 'ambiguous'],
  ['an encoded slash', '/outreach%2Ftemplates', 'ambiguous'],
  ['an empty segment', '//outreach', 'ambiguous'],
  ['a way back out of the zone', '/outreach/..', 'ambiguous'],
  ['an encoded way back', '/outreach/%2e%2e/api', 'ambiguous'],
  ['a path parameter', '/outreach;v=1/templates', 'ambiguous'],
  ['a letter that folds to k', '/outreach/\u212a', 'ambiguous'],
  ['a letter that folds to s', '/outreach-\u017ftatic/x', 'ambiguous'],
  ['no slash at the beginning', 'outreach', 'ambiguous'],
  ['nothing', '', 'ambiguous'],
])('%s: %s', (_why, target, as) => {
  for (const routing of ['edge', 'host'] as const) {
    expect(compareIn[routing](target)).toEqual({ kind: 'agreed', as })
  }
})

test.each<[what: string, replaced: Replaced, target: string]>([
  ['a source that ignores case', { next: ignoringCase('/outreach/:path*') }, '/OUTREACH'],
  ['a source that forgets the bare path', { next: ignoringCase('/outreach/:path+') }, '/outreach'],
  ['a pattern that swallows the assets', { behavior: () => 'outreach-pages' }, '/outreach-static/x'],
  ['an API that goes to the pages', { behavior: () => 'outreach-pages' }, '/outreach/api/outreach/templates'],
])('%s is noticed', (_what, replaced, target) => {
  expect(comparison('edge', replaced)(target).kind).toBe('disputed')
})

function ignoringCase(source: string): (path: string) => Owner {
  const matches = nextMatcher(source, false)
  return (path) => (matches(path) ? 'outreach page' : 'sleepconnect')
}
