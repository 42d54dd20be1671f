import { loginPath } from '@sax/topology'
import { judge } from './owed.ts'
import type { Finding } from './probe.ts'
import type { HttpAnswer } from './question.ts'
import type { SiteFacts } from './site-facts.ts'
import type { PublicDoor } from './site-questions.ts'

/**
 * How the answer to a page asked without a valid token differs from what is owed: on the host's name a redirect to
 * sign-in that comes back to `path`, on the zone's own name a redirect to the same page under the host's name.
 */
export function signInFindings(
  facts: Pick<SiteFacts, 'hostUrl' | 'outreachUrl'>,
  door: PublicDoor,
  path: string,
  answer: HttpAnswer,
): readonly Finding[] {
  const what = `${path} at ${door}`
  const findings = judge(what, answer, { status: [302], headers: { 'cache-control': /\bno-store\b/ } })
  if (answer.status !== 302) return findings
  const base = door === 'host' ? facts.hostUrl : facts.outreachUrl
  const location = URL.parse(answer.headers.location ?? '', `${base}${path}`)
  const owed = new URL(door === 'host' ? loginPath(path) : path, facts.hostUrl)
  if (location?.href === owed.href) return findings
  return [...findings, `${what}: the redirect does not lead to ${owed.pathname} on the host's name with its way back`]
}
