import { outreach } from '@sax/topology'
import { judge } from './owed.ts'
import { ask, type Probe } from './probe.ts'
import { signInFindings } from './sign-in.ts'
import type { DeclaredRoute, SiteFacts } from './site-facts.ts'
import { doors, type PublicDoor } from './site-questions.ts'

/**
 * Every declared route asked by nobody. The list comes from the applications themselves, so a route added later is
 * asked too, and is open only when it is declared public.
 */
export function anonymousProbes(facts: SiteFacts): readonly Probe[] {
  return facts.routes.flatMap((route) =>
    doors
      .filter((door) => door === 'host' || route.zone === outreach.name)
      .map((door) => (route.auth === 'public' ? open(route, door) : closed(facts, route, door))),
  )
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
        ...(route.method === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: '{}' }),
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
