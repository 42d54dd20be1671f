import { outreachApiPath, outreachPath } from '@sax/topology'
import { PRIVATE_NO_STORE, rowsOf } from './owed.ts'
import { ask, type Course, type Finding, type Probe } from './probe.ts'
import type { Asker, HttpAnswer, HttpQuestion } from './question.ts'
import type { SiteFacts } from './site-facts.ts'
import { doors, tokenOf } from './site-questions.ts'

/** Rounds of first-second-first-second; a shared cache shows itself from the second request on. */
const ROUNDS = 3

type Form = 'html' | 'rsc' | 'json'

/** What a navigation inside the zone asks for. @source Next.js, "RSC" request header and `_rsc` query of client navigations */
const RSC = { rsc: '1', accept: '*/*' } as const

const forms: Readonly<Record<Form, readonly Pick<HttpQuestion, 'path' | 'headers'>[]>> = {
  html: [outreachPath(), outreachPath('templates')].map((path) => ({ path, headers: { accept: 'text/html' } })),
  rsc: [
    { path: `${outreachPath('templates')}?_rsc=1a2b3`, headers: RSC },
    // The same URL as the page, told apart by a header only: the way payloads were once served as pages.
    { path: outreachPath('templates'), headers: RSC },
    { path: outreachPath('templates'), headers: { accept: 'text/html' } },
  ],
  json: [outreachApiPath('templates'), outreachApiPath('patients'), outreachApiPath('practices')].map((path) => ({
    path,
    headers: { accept: 'application/json' },
  })),
}

/** Two people of two tenants ask the same URLs in turns, and nobody is given the other's answer. */
export function isolationProbes(facts: SiteFacts): readonly Probe[] {
  return (['html', 'rsc', 'json'] as const).map((form) => ({
    id: `isolation.${form}`,
    group: 'isolation',
    title: `Two people of two tenants ask the same URLs in turns and never cross (${form.toUpperCase()})`,
    incidents: ['C1', 'C2'],
    *course() {
      const findings: Finding[] = []
      for (const door of doors) {
        for (const { path, headers } of forms[form]) {
          for (let round = 0; round < ROUNDS; round += 1) {
            // One after the other on purpose: the second must find whatever the first left in a cache.
            for (const asker of ['first', 'second'] as const) {
              const question = {
                kind: 'http',
                door,
                path,
                carries: [tokenOf(asker)],
                ...(headers ? { headers } : {}),
              } as const
              const answer = yield* askCanonical(question)
              findings.push(...crossings(facts, form, asker, `${path} at ${door}`, answer, headers))
            }
          }
        }
      }
      return [...new Set(findings)]
    },
  }))
}

/**
 * Next sends a request for navigation data whose `_rsc` does not fit its other headers to the URL where it does; the
 * same page, so the answer there is the one to look at.
 */
function* askCanonical(question: HttpQuestion): Course<HttpAnswer> {
  const answer = yield* ask(question)
  const location = answer.headers.location ?? ''
  const here = question.path.split('?')[0]
  if (answer.status !== 307 || !question.headers?.rsc || location.split('?')[0] !== here) return answer
  return yield* ask({ ...question, path: location })
}

function crossings(
  facts: SiteFacts,
  form: Form,
  of: Exclude<Asker, 'administrator'>,
  what: string,
  answer: HttpAnswer,
  headers: HttpQuestion['headers'],
): readonly Finding[] {
  const own = facts.people[of]
  const other = facts.people[of === 'first' ? 'second' : 'first']
  const findings: Finding[] = []
  if (answer.status !== 200) return [`${what}: answered ${answer.status} to the ${of} person`]
  if (!PRIVATE_NO_STORE.test(answer.headers['cache-control'] ?? '')) findings.push(`${what}: not private, no-store`)
  if (other.markers.some((marker) => answer.body.includes(marker)) || answer.body.includes(other.tenantId)) {
    findings.push(`${what}: the ${of} person was given the other tenant's answer`)
  }
  if (form === 'json') {
    const rows = rowsOf(answer)
    const isEmpty = (facts.emptyResources ?? []).some((resource) => what.startsWith(`${outreachApiPath(resource)} `))
    if (rows.length === 0 && !isEmpty) findings.push(`${what}: no rows for the ${of} person`)
    if (rows.length > 0 && isEmpty) findings.push(`${what}: rows where the ${of} person has none`)
    if (rows.some((row) => row.tenantId !== own.tenantId))
      findings.push(`${what}: rows that are not the ${of} person's`)
    return findings
  }
  if (!own.markers.some((marker) => answer.body.includes(marker))) {
    findings.push(`${what}: nothing in the answer shows that it is the ${of} person's`)
  }
  const html = /^text\/html\b/.test(answer.headers['content-type'] ?? '')
  if (headers?.rsc && html) findings.push(`${what}: a page was served where navigation data was asked for`)
  if (!headers?.rsc && !html) findings.push(`${what}: navigation data was served as a page`)
  return findings
}
