import { outreachApiPath, REQUEST_ID_HEADER } from '@sax/topology'
import { hopFindings, speakingHops } from './hops.ts'
import { isRecord, jsonBody, judge, MISSING_TENANT, PRIVATE_NO_STORE, rowsOf } from './owed.ts'
import { ask, askAll, type Finding, logsOf, type Probe } from './probe.ts'
import type { HttpAnswer } from './question.ts'
import type { PersonFacts, SiteFacts } from './site-facts.ts'
import { doors, type PublicDoor, templatesQuestion, tokenOf } from './site-questions.ts'

/** The checklist's tests 1 and 2: the zone's handlers run, and they know who asks. */
export function apiProbes(facts: SiteFacts): readonly Probe[] {
  return [...doors.flatMap((door) => atDoor(facts, door)), unknownRoute, pages(facts.leastTemplates ?? 3)]
}

function atDoor(facts: SiteFacts, door: PublicDoor): readonly Probe[] {
  const { first, second } = facts.people
  return [
    {
      id: `api.templates.executed.${door}`,
      group: 'api',
      title: `The template list is answered by the zone's API routes (${door}'s name)`,
      incidents: ['R2', 'R3'],
      *course() {
        const answer = yield* ask(templatesQuestion(door, [tokenOf('first')]))
        return [...causeOf(answer), ...templateListFindings(answer, first, facts.knownTemplate)]
      },
    },
    {
      id: `api.templates.hops.${door}`,
      group: 'api',
      title: `Every hop logs the request under one id, and the handler says what it called (${door}'s name)`,
      incidents: ['R2', 'S9'],
      *course() {
        const answer = yield* ask(templatesQuestion(door, [tokenOf('first')]))
        const hops = speakingHops(door, facts.routing, facts.silentServices)
        const logs = yield* logsOf(answer.requestId, [...new Set(hops)])
        return hopFindings(logs, {
          door,
          routing: facts.routing,
          person: first,
          requestId: answer.requestId,
          silent: facts.silentServices ?? [],
        })
      },
    },
    {
      id: `api.identity-headers.${door}`,
      group: 'api',
      title: `Identity headers from outside choose nobody's tenant (${door}'s name)`,
      incidents: ['R9'],
      *course() {
        const answer = yield* ask({
          ...templatesQuestion(door, [tokenOf('first')]),
          headers: {
            'x-tenant-id': second.tenantId,
            'x-practice-id': second.practiceId,
            'x-sax-id': String(second.saxId),
            'x-user-sax-id': String(second.saxId),
            'x-coordinator-sax-id': String(second.saxId),
          },
        })
        return templateListFindings(answer, first, facts.knownTemplate)
      },
    },
  ]
}

/** What a refusal says about where the request went. A zone that is gone around and one that is down look different. */
function causeOf(answer: HttpAnswer): readonly Finding[] {
  const body = jsonBody(answer)
  const message = isRecord(body) ? body.message : undefined
  if (answer.status === 400 && message === MISSING_TENANT) {
    return ['the request went around the zone: the backend was asked without the headers that only the zone adds']
  }
  return [502, 503, 504].includes(answer.status)
    ? ['something on the way does not answer; that is no sign of a way around the zone']
    : []
}

/** A list answer with the person's own rows: of their tenant, of their practice or for all practices of the tenant. */
export function templateListFindings(answer: HttpAnswer, person: PersonFacts, knownTemplate: string | undefined) {
  const findings = [
    ...judge('template list', answer, {
      status: [200],
      minBytes: 200,
      headers: { 'content-type': /^application\/json/, 'cache-control': PRIVATE_NO_STORE },
    }),
  ]
  if (answer.status !== 200) return findings
  if (answer.headers[REQUEST_ID_HEADER] !== answer.requestId) {
    findings.push('template list: the answer does not carry the request id it was asked with')
  }
  const rows = rowsOf(answer)
  if (rows.length === 0) findings.push('template list: no rows')
  for (const row of rows) {
    if (typeof row.id !== 'string' || typeof row.name !== 'string')
      findings.push('template list: a row without id or name')
    if (row.tenantId !== person.tenantId)
      findings.push('template list: a row of another tenant, or a row without tenantId')
    if (row.practiceId !== null && row.practiceId !== person.practiceId) {
      findings.push('template list: a row of another practice, or a row without practiceId')
    }
  }
  // Of the practice itself, or for every practice of the tenant: other rows are findings above.
  const known = rows.find((row) => row.name === knownTemplate)
  if (knownTemplate !== undefined && !known)
    findings.push(`template list: "${knownTemplate}" of the practice is not in it`)
  return [...new Set(findings)]
}

const unknownRoute: Probe = {
  id: 'api.unknown-route',
  group: 'api',
  title: 'An API route that nobody declared is answered 404 in the one error shape, not carried on',
  incidents: ['R9', 'A8'],
  *course() {
    const answers = yield* askAll(
      doors.map((door) => ({
        kind: 'http',
        door,
        path: outreachApiPath('not-a-resource'),
        carries: [tokenOf('first')],
      })),
    )
    return answers.flatMap((answer) => judge('unknown route', answer, { status: [404], code: 'NOT_FOUND' }))
  },
}

const pages = (leastTemplates: number): Probe => ({
  id: 'api.pagination',
  group: 'api',
  title: 'Totals of a list agree with its rows, page by page',
  incidents: ['A13'],
  *course() {
    const page = (offset: number) => `${outreachApiPath('templates')}?limit=2&offset=${offset}`
    const answers = yield* askAll(
      [0, 2].map((offset) => ({ kind: 'http', door: 'host', path: page(offset), carries: [tokenOf('first')] })),
    )
    const [first, second] = answers
    if (!first || !second) return ['a page is missing']
    const findings = answers.flatMap((answer) => judge('page of templates', answer, { status: [200] }))
    const total = totalOf(first)
    if (total === undefined || total < leastTemplates)
      findings.push('page of templates: pagination.total is absent or too small')
    if (total !== totalOf(second)) findings.push('page of templates: the total differs from page to page')
    const ids = answers.flatMap((answer) => rowsOf(answer).map((row) => row.id))
    const owed = Math.min(2, total ?? 2)
    if (rowsOf(first).length !== owed) findings.push(`page of templates: limit=2 did not give ${owed} rows`)
    if (new Set(ids).size !== ids.length) findings.push('page of templates: a row stands on two pages')
    return findings
  },
})

function totalOf(answer: HttpAnswer): number | undefined {
  const body = jsonBody(answer)
  if (!isRecord(body) || !isRecord(body.pagination)) return undefined
  return typeof body.pagination.total === 'number' ? body.pagination.total : undefined
}
