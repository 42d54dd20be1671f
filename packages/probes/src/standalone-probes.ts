import { outreachPath } from '@sax/topology'
import { pageFindings } from './asset-judge.ts'
import { askAll, type Probe } from './probe.ts'
import { signInFindings } from './sign-in.ts'
import type { SiteFacts } from './site-facts.ts'
import { doors, tokenOf } from './site-questions.ts'

/** The zone's exact base path and its pages, on its own name and on the host's. */
export function standaloneProbes(facts: SiteFacts): readonly Probe[] {
  const paths = [outreachPath(), outreachPath('templates')]
  const asked = doors.flatMap((door) => paths.map((path) => ({ door, path })))
  return [
    {
      id: 'standalone.token-holder',
      group: 'standalone',
      title: 'The exact base path and pages below it answer a token holder on both names',
      incidents: ['R3', 'R5'],
      *course() {
        const answers = yield* askAll(asked.map((one) => ({ kind: 'http', ...one, carries: [tokenOf('first')] })))
        return answers.flatMap((answer, index) => {
          const { door = 'host', path = '' } = asked[index] ?? {}
          const findings = pageFindings(new URL(path, door === 'host' ? facts.hostUrl : facts.outreachUrl).href, answer)
          return findings.map((finding) => `${door}: ${finding}`)
        })
      },
    },
    {
      id: 'standalone.anonymous',
      group: 'standalone',
      title: "Without a token the zone's own name leads to the same page under the host's name",
      incidents: ['R8', 'R11'],
      *course() {
        const answers = yield* askAll(asked.map((one) => ({ kind: 'http', ...one })))
        return answers.flatMap((answer, index) => {
          const { door = 'host', path = '' } = asked[index] ?? {}
          return signInFindings(facts, door, path, answer)
        })
      },
    },
  ]
}
