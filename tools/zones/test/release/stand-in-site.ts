import { createServer, type Server } from 'node:https'
import type { Credential, HttpQuestion } from '@sax/probes'
import { verificationPeople } from '@sax/release'
import { hostUrl, outreachUrl, stages, USER_CONTEXT } from '@sax/topology'
import { facts as goodFacts, site } from '../../../../packages/probes/test/good-site.ts'
import { tokenIn } from '../../src/release/test/runnable-artefact.ts'
import { createAuthority, listening } from '../tls/authority.ts'

/** A line of a function's log. */
export interface SiteLine {
  readonly service: string
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface StandInSettings {
  /** Which release each function answers with now, by role. */
  readonly releases: () => Promise<Readonly<Record<string, string | undefined>>>
  /** Keeps what the functions on the way of a request would have written. */
  readonly write: (lines: readonly SiteLine[]) => Promise<void>
}

export interface StandInSite {
  /** `127.0.0.1:<port>` */
  readonly connectTo: string
  /** Certificate (PEM) that has to be trusted there. */
  readonly trustedPem: string
  readonly close: () => Promise<void>
}

const { domains, apiBaseUrl } = stages.develop
const OTHERS = [
  '*.execute-api.us-east-1.amazonaws.com',
  '*.lambda-url.us-east-1.on.aws',
  '*.s3.us-east-1.amazonaws.com',
]
const { first, second } = verificationPeople

/** What the good site of the probes says of its people and places, and what `develop` has in their stead. */
const REPLACED: readonly (readonly [good: string, ours: string])[] = [
  [goodFacts.people.first.tenantId, first.tenantId],
  [goodFacts.people.first.practiceId, first.practiceId],
  [goodFacts.people.second.tenantId, second.tenantId],
  [goodFacts.people.second.practiceId, second.practiceId],
  [String(goodFacts.people.first.saxId), String(first.saxId)],
  [goodFacts.hostUrl, hostUrl('develop')],
  [goodFacts.outreachUrl, outreachUrl('develop')],
]
const toOurs = (text: string) => REPLACED.reduce((made, [good, ours]) => made.replaceAll(good, ours), text)
const toGood = (text: string) => REPLACED.reduce((made, [good, ours]) => made.replaceAll(ours, good), text)

/**
 * `develop` as it is seen through its public names when every function keeps its promises, and says which release it
 * is. A stage of genuine pages takes half a minute to start and seconds to look at; here it is the release that is tried.
 */
export async function startStandInSite({ releases, write }: StandInSettings): Promise<StandInSite> {
  const authority = await createAuthority()
  const names = Object.values(domains).flatMap(({ name, aliases }) => [name, ...aliases])
  const server: Server = createServer(await authority.identity([...names, ...OTHERS]), (request, response) => {
    const { method = 'GET', url = '/', headers } = request
    // As the firewall before both distributions does, whose rules an account keeps to itself.
    if ((headers['user-agent'] ?? '') === '') return void response.writeHead(403).end('Request blocked.')
    const question = questionOf(method, url, headers as Record<string, string | undefined>)
    void answer(question, String(headers['x-request-id'] ?? ''), { releases, write }).then(
      ({ status, headers: given, body }) => response.writeHead(status, given).end(body),
      () => request.destroy(),
    )
  })
  const port = await listening(server)
  return {
    connectTo: `127.0.0.1:${port}`,
    trustedPem: authority.pem,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(question: HttpQuestion, requestId: string, { releases, write }: StandInSettings) {
  const runs = await releases()
  const ask = site({
    fault: ({ path, door }, good) => {
      if (path.endsWith('/patients') && good.status === 200) return { ...good, body: NOBODY }
      const role = roleOf(door, path)
      return role === undefined ? undefined : { ...good, body: good.body?.replace('"r1"', `"${runs[role]}"`) ?? '' }
    },
  })
  const answered = await ask(question)
  if (answered.kind !== 'http') throw new TypeError('a site answers HTTP')
  if (answered.status === 200 && question.path.endsWith('/outreach/templates')) {
    await write(linesOf(question.door, requestId))
  }
  const headers = Object.entries(answered.headers).map(([name, value]) => [name, toOurs(value)])
  return {
    status: answered.status,
    headers: { ...Object.fromEntries(headers), 'x-request-id': requestId },
    body: toOurs(answered.body),
  }
}

const NOBODY = JSON.stringify({ data: [], pagination: { total: 0 }, filler: 'x'.repeat(200) })

function roleOf(door: string, path: string): string | undefined {
  if (door === 'backend') return path === '/outreach/health' ? 'outreach-api' : undefined
  if (path === '/api/health') return 'sleep-connect-server'
  if (path === '/outreach/health') return 'outreach-server'
  return path === '/outreach/api/outreach/health' ? 'outreach-api-routes' : undefined
}

function questionOf(method: string, url: string, headers: Readonly<Record<string, string | undefined>>): HttpQuestion {
  const door = doorOf(headers.host ?? '')
  const passed = Object.entries(headers).filter(([name]) =>
    /^(x-nextjs-data|x-(tenant|practice|sax|user-sax|coordinator).*)$/.test(name),
  )
  const good = Object.fromEntries(passed.map(([name, value = '']) => [name, toGood(value)]))
  const { [USER_CONTEXT]: _, ...identity } = good
  const path = door === 'backend' ? url.replace(new URL(apiBaseUrl).pathname, '') : url
  return { kind: 'http', door, method, path, headers: identity, carries: credentialsOf(headers) }
}

function doorOf(name: string): string {
  if (name === domains.sleepconnect.name) return 'host'
  if (name === domains.outreach.name) return 'outreach'
  if (name.includes('.execute-api.')) return 'backend'
  return name.includes('.lambda-url.') || name.includes('.s3.') ? `function-url:${name}` : name
}

function credentialsOf(headers: Readonly<Record<string, string | undefined>>): readonly Credential[] {
  const inCookie = new RegExp(`${USER_CONTEXT}=([^;]+)`).exec(headers.cookie ?? '')?.[1]
  const places = [
    ['cookie', inCookie],
    ['header', headers[USER_CONTEXT]],
    ['bearer', headers.authorization?.replace('Bearer ', '')],
  ] as const
  return places.flatMap(([place, token]): readonly Credential[] => {
    if (token === undefined) return []
    const of = (['first', 'second', 'administrator'] as const).find((who) => token === tokenIn(who))
    const flaw = of === undefined ? { flaw: 'forged' as const } : {}
    return [{ kind: 'token', in: place, of: of ?? 'first', ...flaw }]
  })
}

function linesOf(door: string, requestId: string): readonly SiteLine[] {
  const hops = [...(door === 'host' ? ['sleepconnect'] : []), 'outreach-api-routes', 'outreach-api']
  const { tenantId: tenant, practiceId: practice, saxId } = first
  const request = { requestId, status: 200, durationMs: 2, path: '/outreach/api/outreach/templates' }
  return [
    ...hops.map((service) => ({ service, message: 'request', fields: request })),
    { service: 'outreach-api-routes', message: '[TEMPLATES API] START', fields: { requestId } },
    {
      service: 'outreach-api-routes',
      message: '[TEMPLATES API] Calling Lambda',
      fields: { requestId, tenant, practice, saxId },
    },
  ]
}
