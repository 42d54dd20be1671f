import { outreachPath } from '@sax/topology'
import { templateListFindings } from './api-probes.ts'
import { judge } from './owed.ts'
import { ask, askAll, type Probe } from './probe.ts'
import { type TokenFlaw, tokenFlaws } from './question.ts'
import { signInFindings } from './sign-in.ts'
import type { SiteFacts } from './site-facts.ts'
import { doors, templatesQuestion, tokenOf } from './site-questions.ts'

/** Who may say who asks: a right token wherever it is carried, and no wrong one anywhere. */
export function contextProbes(facts: SiteFacts): readonly Probe[] {
  const { first, second } = facts.people
  return [
    {
      id: 'context.right',
      group: 'context',
      title: 'A right token is accepted in the cookie and in the header',
      incidents: ['S14'],
      *course() {
        // Not as bearer: the signature of origin access control takes the place of the viewer's Authorization.
        const places = (['cookie', 'header'] as const).flatMap((place) => doors.map((door) => ({ place, door })))
        const answers = yield* askAll(
          places.map(({ place, door }) => templatesQuestion(door, [tokenOf('first', place)])),
        )
        return answers.flatMap((answer, index) =>
          templateListFindings(answer, first, facts.knownTemplate).map(
            (finding) => `${places[index]?.place} at ${places[index]?.door}: ${finding}`,
          ),
        )
      },
    },
    ...tokenFlaws.map((flaw) => flawed(facts, flaw)),
    {
      id: 'context.bad-header-good-cookie',
      group: 'context',
      title: 'A bad header does not hide a good cookie',
      incidents: ['S14'],
      *course() {
        const answers = yield* askAll(
          doors.map((door) => templatesQuestion(door, [tokenOf('second', 'header', 'forged'), tokenOf('first')])),
        )
        return answers.flatMap((answer) => templateListFindings(answer, first, facts.knownTemplate))
      },
    },
    {
      id: 'context.second-tenant',
      group: 'context',
      title: 'A person of another tenant gets the other tenant’s rows and none of the first’s',
      incidents: ['C2', 'S6'],
      *course() {
        const answer = yield* ask(templatesQuestion('host', [tokenOf('second')]))
        return templateListFindings(answer, second, undefined)
      },
    },
    {
      id: 'context.session-wins',
      group: 'context',
      title: 'A signed-in session outranks tokens the client sends along, good or bad',
      incidents: ['S2'],
      *course() {
        const session = { kind: 'session', of: 'first' } as const
        // Under edge routing the request goes past the host, which keeps the session's own token in the cookie.
        const carried = facts.routing === 'host' ? [tokenOf('second'), tokenOf('second', 'header')] : []
        const answers = yield* askAll([
          templatesQuestion('host', [session, ...carried]),
          templatesQuestion('host', [session, tokenOf('second', 'header', 'forged')]),
        ])
        return answers.flatMap((answer) => templateListFindings(answer, first, facts.knownTemplate))
      },
    },
  ]
}

function flawed(facts: SiteFacts, flaw: TokenFlaw): Probe {
  const named: Partial<Record<TokenFlaw, string>> = { 'alg-none': 'unsigned (alg none)' }
  return {
    id: `context.${flaw}`,
    group: 'context',
    title: `A token that is ${named[flaw] ?? flaw.replace('-', ' ')} opens nothing: 401 at the API, sign-in at pages`,
    incidents: ['S2', 'R10'],
    *course() {
      const asked = doors.flatMap((door) => (['cookie', 'header', 'bearer'] as const).map((place) => ({ door, place })))
      const answers = yield* askAll(
        asked.map(({ door, place }) => templatesQuestion(door, [tokenOf('first', place, flaw)])),
      )
      const pages = yield* askAll(
        doors.map((door) => ({
          kind: 'http',
          door,
          path: outreachPath('templates'),
          carries: [tokenOf('first', 'cookie', flaw)],
        })),
      )
      return [
        ...answers.flatMap((answer, index) =>
          judge(`${asked[index]?.place} at ${asked[index]?.door}`, answer, {
            status: [401],
            code: 'UNAUTHORIZED',
            headers: { 'cache-control': /\bno-store\b/ },
          }),
        ),
        ...pages.flatMap((answer, index) =>
          signInFindings(facts, doors[index] ?? 'host', outreachPath('templates'), answer),
        ),
      ]
    },
  }
}
