import { HOP_HEADER, hostPath, outreachApiPath, outreachPath, REQUEST_ID_HEADER } from '@sax/topology'
import { judge, type Owed, PRIVATE_NO_STORE } from './owed.ts'
import { ask, askAll, type Finding, type Probe } from './probe.ts'
import type { HttpAnswer, HttpQuestion } from './question.ts'
import { signInFindings } from './sign-in.ts'
import type { SiteFacts } from './site-facts.ts'
import { doors, templatesQuestion, tokenOf } from './site-questions.ts'

const PAGE_HEADERS: NonNullable<Owed['headers']> = {
  'content-security-policy':
    /^(?=.*default-src 'self')(?=.*frame-ancestors 'none')(?!.*\bhttps?:\/\/\*)(?!.*unsafe-eval)/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^(?:same-origin|strict-origin|strict-origin-when-cross-origin|no-referrer)$/,
  'cache-control': PRIVATE_NO_STORE,
  'x-powered-by': null,
}

const FOREIGN = 'forwarded.example.test'

export function headerProbes(facts: SiteFacts): readonly Probe[] {
  const page = (door: (typeof doors)[number]): HttpQuestion => ({
    kind: 'http',
    door,
    path: outreachPath('templates'),
    carries: [tokenOf('first')],
  })
  return [
    {
      id: 'headers.page',
      group: 'headers',
      title: 'Pages of the zone forbid foreign scripts, frames and sniffing, and belong to one person',
      incidents: ['B7', 'C1', 'C8'],
      *course() {
        const answers = yield* askAll(doors.map(page))
        return answers.flatMap((answer, index) => [
          ...judge(`page at ${doors[index]}`, answer, { status: [200], headers: PAGE_HEADERS, minBytes: 2000 }),
          ...internalHeaders(`page at ${doors[index]}`, answer),
        ])
      },
    },
    {
      id: 'headers.host-page',
      group: 'headers',
      title: 'Pages of the host forbid foreign scripts, frames and sniffing, and belong to one person',
      incidents: ['B7', 'C1', 'C8'],
      *course() {
        const session = { kind: 'session', of: 'first' } as const
        const answer = yield* ask({ kind: 'http', door: 'host', path: hostPath('patients'), carries: [session] })
        return [
          ...judge('host page', answer, { status: [200], headers: PAGE_HEADERS, minBytes: 2000 }),
          ...internalHeaders('host page', answer),
        ]
      },
    },
    {
      id: 'headers.api',
      group: 'headers',
      title: 'API answers are private, never stored, never sniffed, also when they refuse',
      incidents: ['C8'],
      *course() {
        const answers = yield* askAll([
          templatesQuestion('host', [tokenOf('first')]),
          templatesQuestion('outreach', [tokenOf('first')]),
          templatesQuestion('host', []),
          { kind: 'http', door: 'host', path: hostPath('api', 'not-a-route') },
        ])
        return answers.flatMap((answer) =>
          judge(`API answer ${answer.status}`, answer, {
            status: [200, 401, 404],
            headers: {
              'cache-control': /\bno-store\b/,
              'x-content-type-options': /^nosniff$/,
              'x-powered-by': null,
            },
          }),
        )
      },
    },
    {
      id: 'headers.internal-ignored',
      group: 'headers',
      title: "The framework's inner headers sent from outside open nothing and come back from nowhere",
      incidents: ['S11', 'R11'],
      *course() {
        const headers = {
          'x-middleware-subrequest': Array(5).fill('src/proxy').join(':'),
          'x-middleware-rewrite': outreachPath('templates'),
          'x-middleware-next': '1',
          'x-middleware-override-headers': 'x-sax-user-context',
          'x-invoke-path': outreachPath('templates'),
          'x-opennext-resolved-routes': '[]',
        }
        const findings: Finding[] = []
        for (const door of doors) {
          const [closedPage, closedApi, open] = yield* askAll([
            { kind: 'http', door, path: outreachPath('templates'), headers },
            { kind: 'http', door, path: outreachApiPath('templates'), headers },
            { ...page(door), headers },
          ])
          if (closedPage) findings.push(...signInFindings(facts, door, outreachPath('templates'), closedPage))
          if (closedApi) findings.push(...judge(`API at ${door}`, closedApi, { status: [401], code: 'UNAUTHORIZED' }))
          if (open) findings.push(...internalHeaders(`page at ${door}`, open))
        }
        return findings
      },
    },
    {
      id: 'headers.forwarded-host',
      group: 'headers',
      title: 'A forwarded host from outside leads nowhere',
      incidents: ['S15'],
      *course() {
        const headers = { 'x-forwarded-host': FOREIGN, forwarded: `host=${FOREIGN}`, 'x-forwarded-proto': 'gopher' }
        const questions = doors.flatMap((door) => [
          { kind: 'http', door, path: outreachPath('templates'), headers } as const,
          { ...page(door), headers },
        ])
        const answers = yield* askAll([
          ...questions,
          { kind: 'http', door: 'host', path: hostPath('patients'), headers },
        ])
        return answers.flatMap((answer, index) =>
          answer.body.includes(FOREIGN) || Object.values(answer.headers).some((value) => value.includes(FOREIGN))
            ? [`${questions[index]?.path ?? hostPath('patients')}: the foreign name came back`]
            : judge('request with a foreign forwarded host', answer, { status: [200, 302] }),
        )
      },
    },
    {
      id: 'headers.foreign-host',
      group: 'headers',
      title: 'A name that the distribution does not serve is refused',
      incidents: ['R14', 'S15'],
      *course() {
        const answers = yield* askAll(
          doors.map((door) => ({ kind: 'http', door, path: outreachPath(), headers: { host: FOREIGN } })),
        )
        return answers.flatMap((answer, index) =>
          judge(`foreign Host at ${doors[index]}`, answer, { status: [403, 421] }),
        )
      },
    },
    {
      id: 'headers.hop-limit',
      group: 'headers',
      title: 'A request that has come round too often is stopped',
      incidents: ['R7'],
      *course() {
        const answers = yield* askAll(
          doors.map((door) => ({ ...templatesQuestion(door, [tokenOf('first')]), headers: { [HOP_HEADER]: '99' } })),
        )
        return answers.flatMap((answer, index) => judge(`99 hops at ${doors[index]}`, answer, { status: [508] }))
      },
    },
    {
      id: 'headers.request-id',
      group: 'headers',
      title: 'A malformed request id is replaced, never reflected',
      incidents: ['S9'],
      *course() {
        const answers = yield* askAll(
          doors.map((door) => ({
            ...templatesQuestion(door, [tokenOf('first')]),
            headers: { [REQUEST_ID_HEADER]: 'not well formed; <script>' },
          })),
        )
        return answers.flatMap((answer, index) =>
          judge(`malformed request id at ${doors[index]}`, answer, {
            status: [200],
            headers: { [REQUEST_ID_HEADER]: /^[A-Za-z0-9-]{8,64}$/ },
          }),
        )
      },
    },
    {
      id: 'headers.methods',
      group: 'headers',
      title: 'Pages take no writes',
      incidents: ['S11'],
      *course() {
        const answers = yield* askAll(
          doors.flatMap((door) =>
            ['POST', 'PUT', 'DELETE', 'PATCH'].map((method) => ({ ...page(door), method, body: '' })),
          ),
        )
        return answers.flatMap((answer) => judge('write to a page', answer, { status: [403, 405] }))
      },
    },
  ]
}

function internalHeaders(what: string, answer: HttpAnswer): readonly Finding[] {
  const inner = /^(?:x-middleware-|x-opennext|x-invoke-|x-nextjs-rewrite)/
  return Object.keys(answer.headers)
    .filter((name) => inner.test(name))
    .map((name) => `${what}: the inner header ${name} came out`)
}
