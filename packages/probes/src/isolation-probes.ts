import { outreachApiPath, outreachPath } from '@sax/topology'
import { PRIVATE_NO_STORE, rowsOf } from './owed.ts'
import { ask, type Course, type Finding, type Probe } from './probe.ts'
import type { Asker, HttpAnswer, HttpQuestion } from './question.ts'
import type { SiteFacts } from './site-facts.ts'
import { doors, tokenOf } from './site-questions.ts'

/** Rounds of first-second-first-second; a shared cache shows itself from the second request on. */
const ROUNDS = 3

type Form = 'html' | 'data' | 'json'
type Asked = Pick<HttpQuestion, 'path' | 'headers'>

const PAGE = { accept: 'text/html' } as const
/** What a navigation inside the zone asks for. @source Next.js, `getServerSideProps` and `/_next/data` */
const DATA = { 'x-nextjs-data': '1', accept: '*/*' } as const

const pages: readonly Asked[] = [outreachPath(), outreachPath('templates')].map((path) => ({ path, headers: PAGE }))
const lists: readonly Asked[] = [
  outreachApiPath('templates'),
  outreachApiPath('patients'),
  outreachApiPath('practices'),
].map((path) => ({ path, headers: { accept: 'application/json' } }))
/** The data of a page, and the page itself: the one was once served as the other. */
const dataOf = (build: string): readonly Asked[] => [
  { path: `${outreachPath()}/_next/data/${build}/index.json`, headers: DATA },
  { path: `${outreachPath()}/_next/data/${build}/templates.json`, headers: DATA },
  { path: outreachPath('templates'), headers: PAGE },
]

/** Two people of two tenants ask the same URLs in turns, and nobody is given the other's answer. */
export function isolationProbes(facts: SiteFacts): readonly Probe[] {
  return (['html', 'data', 'json'] as const).map((form) => ({
    id: `isolation.${form}`,
    group: 'isolation',
    title: `Two people of two tenants ask the same URLs in turns and never cross (${form.toUpperCase()})`,
    incidents: ['C1', 'C2'],
    *course() {
      const findings: Finding[] = []
      for (const door of doors) {
        const asked = yield* questionsOf(form, door)
        if (asked.length === 0)
          findings.push(`${outreachPath('templates')} at ${door}: a page that does not say its build`)
        for (const { path, headers } of asked) {
          for (let round = 0; round < ROUNDS; round += 1) {
            // One after the other on purpose: the second must find whatever the first left in a cache.
            for (const asker of ['first', 'second'] as const) {
              const answer = yield* ask({
                kind: 'http',
                door,
                path,
                carries: [tokenOf(asker)],
                ...(headers ? { headers } : {}),
              })
              findings.push(...crossings(facts, form, asker, `${path} at ${door}`, answer, headers))
            }
          }
        }
      }
      return [...new Set(findings)]
    },
  }))
}

/** Where the data of a page lies depends on the build; the page says which one made it. None: it does not. */
function* questionsOf(form: Form, door: HttpQuestion['door']): Course<readonly Asked[]> {
  if (form !== 'data') return form === 'html' ? pages : lists
  const page = yield* ask({
    kind: 'http',
    door,
    path: outreachPath('templates'),
    headers: PAGE,
    carries: [tokenOf('first')],
  })
  const build = /"buildId":"([\w.-]+)"/.exec(page.body)?.[1]
  return build === undefined ? [] : dataOf(build)
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
  const isData = headers === DATA
  if (isData && html) findings.push(`${what}: a page was served where navigation data was asked for`)
  if (!isData && !html) findings.push(`${what}: navigation data was served as a page`)
  return findings
}
