import { type FunctionRole, host, outreach, outreachApiPath } from '@sax/topology'
import { isRecord, jsonBody } from './owed.ts'
import { askAll, type Probe } from './probe.ts'
import type { HttpQuestion } from './question.ts'
import { backendHealth } from './site-questions.ts'
import type { StageFacts } from './stage-facts.ts'

/** Where each function says which release it runs, on every way that leads to it. */
const told: readonly { readonly role: FunctionRole; readonly question: HttpQuestion }[] = [
  { role: 'sleep-connect-server', question: { kind: 'http', door: 'host', path: host.healthPath } },
  { role: 'outreach-server', question: { kind: 'http', door: 'host', path: outreach.healthPath } },
  { role: 'outreach-server', question: { kind: 'http', door: 'outreach', path: outreach.healthPath } },
  { role: 'outreach-api-routes', question: { kind: 'http', door: 'host', path: outreachApiPath('health') } },
  { role: 'outreach-api-routes', question: { kind: 'http', door: 'outreach', path: outreachApiPath('health') } },
  { role: 'outreach-api', question: backendHealth },
]

/** Times each is asked, so that two versions behind one alias both have their turn. */
const ROUNDS = 4

/** Every function on the way runs the release that is expected, or at least the same one as the others. */
export function expectedReleaseProbes({ expected }: StageFacts): readonly Probe[] {
  return [
    {
      id: 'release.expected',
      group: 'release',
      title:
        expected === undefined
          ? 'Every function on the way runs the same release'
          : 'Every function on the way runs the release that is expected of it',
      incidents: ['D7', 'D9', 'D11'],
      *course() {
        const questions = told.flatMap((one) => Array<typeof one>(ROUNDS).fill(one))
        const answers = yield* askAll(questions.map(({ question }) => question))
        const seen = answers.map((answer, index) => ({
          role: questions[index]?.role ?? '',
          door: questions[index]?.question.door ?? '',
          release: releaseOf(jsonBody(answer)),
        }))
        const [first] = seen
        return [
          ...new Set(
            seen.flatMap(({ role, door, release }) => {
              if (release === undefined) return [`${role} at ${door}: says no release`]
              const owed = expected === undefined ? first?.release : expected[role]
              return owed === undefined || release === owed ? [] : [`${role} at ${door}: runs ${release}, owed ${owed}`]
            }),
          ),
        ]
      },
    },
  ]
}

/** `release` of a health answer `{data: {release}}`. */
export function releaseOf(body: unknown): string | undefined {
  return isRecord(body) && isRecord(body.data) && typeof body.data.release === 'string' ? body.data.release : undefined
}
