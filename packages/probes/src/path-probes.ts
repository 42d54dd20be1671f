import { hostPath, outreach, outreachApiPath, outreachPath } from '@sax/topology'
import { templateListFindings } from './api-probes.ts'
import { isRecord, jsonBody, MISSING_TENANT } from './owed.ts'
import { ask, askAll, type Finding, type Probe } from './probe.ts'
import type { HttpAnswer, HttpQuestion } from './question.ts'
import { shortened } from './run.ts'
import type { SiteFacts } from './site-facts.ts'
import { doors, tokenOf } from './site-questions.ts'

/** Other ways to write a path: each is refused or leads to the canonical one; none reaches another owner. */
export function pathVariants(): Readonly<Record<string, string>> {
  const api = outreachApiPath('templates')
  const root = outreach.basePath
  return {
    'encoded letter': `${outreachApiPath()}/%74emplates`,
    'encoded letter in the zone': `/%6Futreach${api.slice(root.length)}`,
    'encoded slash': `${outreachApiPath()}%2Ftemplates`,
    'doubly encoded slash': `${outreachApiPath()}%252Ftemplates`,
    'encoded backslash': `${outreachApiPath()}%5Ctemplates`,
    backslash: `${outreachApiPath()}\\templates`,
    'upper case zone': `${root.toUpperCase()}${api.slice(root.length)}`,
    'mixed case API': api.replace('/api/', '/Api/'),
    'double slash at the start': `/${api}`,
    'double slash inside': api.replace('/api/', '//api/'),
    'dot segment': api.replace('/api/', '/./api/'),
    'parent segment': `${root}/..${api}`,
    'parent segment above the root': `/..${api}`,
    'encoded parent segment': `${root}/%2e%2e${api}`,
    'half-encoded parent segment': `${root}/.%2E${api}`,
    'parent segment behind an encoded slash': `${root}/..%2f${api.slice(1)}`,
    'path parameter': api.replace('/api/', '/api;x=1/'),
    'encoded NUL': `${api}%00`,
    'encoded line break': `${api}%0d%0ax-tenant-id:%20x`,
    'broken escape': `${api}%zz`,
    'truncated escape': `${api}%`,
    'overlong UTF-8': `${root}/%c0%af/templates`,
    'trailing slash': `${api}/`,
    'trailing dot': `${api}.`,
    'encoded question mark': `${api}%3Flimit=1`,
    'prefix of a zone': `${root}ers/templates`,
    'page in upper case': outreachPath('templates').toUpperCase(),
    'host API through the zone': `${root}/..${hostPath('api', 'health')}`,
  }
}

/** Statuses that refuse; 302 is sign-in: an unknown path belongs to the host, whose pages are closed. */
const REFUSED = [400, 401, 403, 404, 405, 414, 431, 494]
const REDIRECT = [301, 302, 307, 308]

export function pathProbes(facts: SiteFacts): readonly Probe[] {
  const variants = Object.entries(pathVariants()).map(
    ([name, path]): Probe => ({
      id: `paths.${name.replaceAll(' ', '-').toLowerCase()}`,
      group: 'paths',
      title: `Path with ${name}: refused or canonical, never another owner, never without sign-in`,
      incidents: ['R10'],
      *course() {
        const findings: Finding[] = []
        for (const door of doors) {
          const question = { kind: 'http', door, path } as const
          const [anonymous, signedIn] = yield* askAll([question, { ...question, carries: [tokenOf('first')] }])
          if (anonymous) findings.push(...variantFindings(facts, question, anonymous, false))
          if (signedIn) findings.push(...variantFindings(facts, question, signedIn, true))
        }
        return findings
      },
    }),
  )
  return [...variants, longUrl(facts), longHeader]
}

/** How an answer to a variant differs from "refused or canonical". */
export function variantFindings(
  facts: SiteFacts,
  { door, path }: Pick<HttpQuestion, 'door' | 'path'>,
  answer: HttpAnswer,
  signedIn: boolean,
): readonly Finding[] {
  const what = `${shortened(path)} at ${door} ${signedIn ? 'with a token' : 'without a token'}`
  const body = jsonBody(answer)
  if (isRecord(body) && body.message === MISSING_TENANT) {
    return [`${what}: reached the backend around the zone`]
  }
  if (REFUSED.includes(answer.status)) return []
  if (REDIRECT.includes(answer.status)) {
    const target = URL.parse(answer.headers.location ?? '', door === 'host' ? facts.hostUrl : facts.outreachUrl)
    const own = [facts.hostUrl, facts.outreachUrl].includes(target?.origin ?? '')
    return own ? [] : [`${what}: redirected to a foreign name`]
  }
  if (answer.status === 200 && signedIn) {
    // Accepted only as the canonical resource itself, for the same person.
    return templateListFindings(answer, facts.people.first, undefined).map((finding) => `${what}: ${finding}`)
  }
  return [`${what}: answered ${answer.status}`]
}

function longUrl(facts: SiteFacts): Probe {
  return {
    id: 'paths.long-url',
    group: 'paths',
    title: 'A URL of 9 kB is refused',
    incidents: ['C3'],
    *course() {
      const path = `${outreachApiPath('templates')}?search=${'a'.repeat(9 * 1024)}`
      const answers = yield* askAll(doors.map((door) => ({ kind: 'http', door, path, carries: [tokenOf('first')] })))
      return answers.flatMap((answer, index) =>
        // 403: the firewall's rule about queries above 2,048 bytes, should it come before CloudFront's own limit. Which of
        // them does is not documented. @source AWS WAF Developer Guide, Core rule set, SizeRestrictions_QUERYSTRING
        [400, 403, 413, 414, 431].includes(answer.status)
          ? []
          : [
              `9 kB URL at ${doors[index]}: answered ${answer.status}, owed 413 or 414`,
              ...variantFindings(facts, { door: 'host', path }, answer, true),
            ],
      )
    },
  }
}

const longHeader: Probe = {
  id: 'paths.long-header',
  group: 'paths',
  title: 'A header of 70 kB is refused',
  incidents: ['C3', 'C4'],
  *course() {
    const findings: Finding[] = []
    for (const door of doors) {
      const answer = yield* ask({
        kind: 'http',
        door,
        path: outreachApiPath('templates'),
        headers: { 'x-filler': 'a'.repeat(70 * 1024) },
        carries: [tokenOf('first')],
      })
      // A server may also hang up while the header is still being sent.
      if (![0, 400, 413, 431, 494].includes(answer.status)) {
        findings.push(`70 kB header at ${door}: answered ${answer.status}, owed 431`)
      }
    }
    return findings
  },
}
