import { judge, MISSING_TENANT } from './owed.ts'
import { askAll, type Probe } from './probe.ts'
import { type TokenFlaw, tokenFlaws } from './question.ts'
import type { SiteFacts } from './site-facts.ts'
import { backendTemplates, tokenOf } from './site-questions.ts'

/** What the backend says to a request that comes around the zone. */
const BYPASSED = { status: [400], code: 'VALIDATION_ERROR', message: MISSING_TENANT } as const

/** The backend fails closed: whoever goes around the zone learns nothing. */
export function backendProbes(facts: SiteFacts): readonly Probe[] {
  const { first, second } = facts.people
  const own = {
    'x-tenant-id': first.tenantId,
    'x-practice-id': first.practiceId,
    'x-sax-id': String(first.saxId),
    'x-user-sax-id': String(first.saxId),
    'x-coordinator-sax-id': String(first.saxId),
  }
  const bearer = tokenOf('first', 'bearer')
  return [
    {
      id: 'backend.bypass',
      group: 'backend',
      title: 'A request without a tenant is refused with the words the checklist looks for',
      incidents: ['R2'],
      *course() {
        const answers = yield* askAll([
          backendTemplates({}),
          backendTemplates({}, [bearer]),
          backendTemplates({ 'x-tenant-id': 'not-a-uuid' }, [bearer]),
          backendTemplates({ 'x-tenant-id': `${first.tenantId}, ${second.tenantId}` }, [bearer]),
        ])
        return answers.flatMap((answer) => judge('backend without a tenant', answer, BYPASSED))
      },
    },
    {
      id: 'backend.no-token',
      group: 'backend',
      title: 'Headers alone identify nobody',
      incidents: ['R9', 'S2'],
      *course() {
        const answers = yield* askAll([backendTemplates(own)])
        return answers.flatMap((answer) => judge('headers alone', answer, { status: [401], code: 'UNAUTHORIZED' }))
      },
    },
    {
      id: 'backend.context-mismatch',
      group: 'backend',
      title: 'Headers that contradict the token are refused',
      incidents: ['R9'],
      *course() {
        const foreign: readonly Readonly<Record<string, string>>[] = [
          { 'x-tenant-id': second.tenantId },
          { 'x-practice-id': second.practiceId },
          { 'x-sax-id': String(second.saxId) },
          { 'x-user-sax-id': String(second.saxId) },
          { 'x-coordinator-sax-id': String(second.saxId) },
        ]
        const answers = yield* askAll(foreign.map((header) => backendTemplates({ ...own, ...header }, [bearer])))
        return answers.flatMap((answer, index) =>
          judge(`foreign ${Object.keys(foreign[index] ?? {}).join()}`, answer, {
            status: [403],
            code: 'CONTEXT_MISMATCH',
          }),
        )
      },
    },
    {
      id: 'backend.right',
      group: 'backend',
      title: 'With the token and headers that agree the backend answers',
      incidents: [],
      *course() {
        const answers = yield* askAll([backendTemplates(own, [bearer])])
        return answers.flatMap((answer) => judge('token and headers', answer, { status: [200], minBytes: 200 }))
      },
    },
    ...tokenFlaws.map((flaw) => flawed(flaw, own)),
  ]
}

function flawed(flaw: TokenFlaw, headers: Readonly<Record<string, string>>): Probe {
  return {
    id: `backend.${flaw}`,
    group: 'backend',
    title: `The backend refuses a token by itself: ${flaw.replace('-', ' ')}`,
    incidents: ['S2'],
    *course() {
      const places = ['bearer', 'header', 'cookie'] as const
      const answers = yield* askAll(places.map((place) => backendTemplates(headers, [tokenOf('first', place, flaw)])))
      return answers.flatMap((answer, index) =>
        judge(`${flaw} in ${places[index]}`, answer, { status: [401], code: 'UNAUTHORIZED' }),
      )
    },
  }
}
