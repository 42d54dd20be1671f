import { hostPath, outreach, outreachPath } from '@sax/topology'
import { judge } from './owed.ts'
import { ask, askAll, type Probe } from './probe.ts'
import { sdkRoutes } from './public-routes.ts'
import { signInFindings } from './sign-in.ts'
import type { DeclaredRoute, SiteFacts } from './site-facts.ts'
import { doors, type PublicDoor } from './site-questions.ts'

/**
 * Every declared route asked by nobody. The list comes from the applications themselves, so a route added later is
 * asked too, and is open only when it is declared public.
 */
export function anonymousProbes(facts: SiteFacts): readonly Probe[] {
  const declared = facts.routes.flatMap((route) =>
    doors
      .filter((door) => door === 'host' || route.zone === outreach.name)
      .map((door) => (route.auth === 'public' ? open(route, door) : closed(facts, route, door))),
  )
  return [...declared, ...UNDECLARED.map((route) => closed(facts, route, 'host')), sdk(facts)]
}

/** Deny by default is a promise about paths that nobody declared, too. */
const UNDECLARED: readonly DeclaredRoute[] = [
  ['sleepconnect', hostPath('a-page-nobody-declared')] as const,
  ['outreach', outreachPath('a-page-nobody-declared')] as const,
].map(([zone, path]) => ({ zone, kind: 'page', method: 'GET', pattern: path, path, auth: 'user' }))

/** The sign-in SDK brings routes that lie in no folder of the application. */
function sdk(facts: SiteFacts): Probe {
  return {
    id: 'anonymous.sign-in-sdk',
    group: 'anonymous',
    title: 'Of the routes the sign-in SDK brings, only sign-out and the way back answer',
    incidents: ['S10'],
    *course() {
      const closedOnes = yield* askAll(sdkRoutes.closed.map((path) => ({ kind: 'http', door: 'host', path })))
      const openOnes = yield* askAll(sdkRoutes.open.map((path) => ({ kind: 'http', door: 'host', path })))
      return [
        ...closedOnes.flatMap((answer, index) => {
          const path = sdkRoutes.closed[index] ?? ''
          if ([401, 404].includes(answer.status)) return []
          return signInFindings(facts, 'host', path, answer)
        }),
        ...openOnes.flatMap((answer, index) =>
          judge(sdkRoutes.open[index] ?? '', answer, {
            status: [302, 303, 307, 400],
            headers: { 'cache-control': /\bno-store\b/ },
          }),
        ),
      ]
    },
  }
}

function closed(facts: SiteFacts, route: DeclaredRoute, door: PublicDoor): Probe {
  const owed = route.kind === 'page' ? 'sign-in' : '401'
  return {
    id: `anonymous.${route.method.toLowerCase()}.${door}:${route.pattern}`,
    group: 'anonymous',
    title: `${route.method} ${route.pattern} without a session: ${owed} (${door}'s name)`,
    incidents: ['R11', 'S10', 'S3'],
    *course() {
      const answer = yield* ask({
        kind: 'http',
        door,
        method: route.method,
        path: route.path,
        // From a page of the site, so that it is the missing session that is judged and not the origin.
        ...(route.method === 'GET'
          ? {}
          : { headers: { 'content-type': 'application/json', origin: facts.hostUrl }, body: '{}' }),
      })
      if (route.kind === 'page') return signInFindings(facts, door, route.path, answer)
      return judge(`${route.method} ${route.path} at ${door}`, answer, {
        status: [401],
        code: 'UNAUTHORIZED',
        headers: { 'cache-control': /\bno-store\b/ },
      })
    },
  }
}

/** A public route answers, but says nothing about a person and leaves nothing in a shared cache. */
function open(route: DeclaredRoute, door: PublicDoor): Probe {
  return {
    id: `anonymous.${route.method.toLowerCase()}.${door}:${route.pattern}`,
    group: 'anonymous',
    title: `${route.method} ${route.pattern} is declared public and answers (${door}'s name)`,
    incidents: ['S10', 'C8'],
    *course() {
      const answer = yield* ask({ kind: 'http', door, method: route.method, path: route.path })
      return judge(`${route.method} ${route.path} at ${door}`, answer, {
        status: [200, 302, 303, 307],
        headers: { 'cache-control': /\bno-store\b/ },
      })
    },
  }
}
