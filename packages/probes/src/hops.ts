import type { RoutingMode } from '@sax/topology'
import type { Finding } from './probe.ts'
import type { LogAnswer } from './question.ts'
import type { PersonFacts } from './site-facts.ts'
import type { PublicDoor } from './site-questions.ts'

/** Services that write a line for one API request, in the order they are passed. */
function hopsOf(door: PublicDoor, routing: RoutingMode): readonly string[] {
  const carried = door === 'host' && routing === 'host'
  return carried
    ? ['edge', 'sleepconnect', 'edge', 'outreach-api-routes', 'outreach-api']
    : ['edge', 'outreach-api-routes', 'outreach-api']
}

/** Those of them that write into a log that can be read here. */
export function speakingHops(
  door: PublicDoor,
  routing: RoutingMode,
  silent: readonly string[] = [],
): readonly string[] {
  return hopsOf(door, routing).filter((hop) => !silent.includes(hop))
}

export interface HopsOwed {
  readonly door: PublicDoor
  readonly routing: RoutingMode
  readonly person: PersonFacts
  readonly requestId: string
  /** Services that write no line here. */
  readonly silent: readonly string[]
}

const START = '[TEMPLATES API] START'
const CALLING = '[TEMPLATES API] Calling Lambda'

/** How the log lines of one template list differ from what the checklist looks for. */
export function hopFindings(
  { lines }: LogAnswer,
  { door, routing, person, requestId, silent }: HopsOwed,
): readonly Finding[] {
  const findings: Finding[] = []
  const requests = lines.filter((line) => line.message === 'request')
  const hops = speakingHops(door, routing, silent)
  // A hop too many is as wrong as one too few: the request did not take the way that the stage is to have.
  const spoke = requests.map(({ service }) => service).filter((service) => !silent.includes(service))
  for (const service of new Set([...hops, ...spoke])) {
    const owed = hops.filter((hop) => hop === service).length
    const seen = requests.filter((line) => line.service === service).length
    if (seen !== owed) findings.push(`${service} wrote ${seen} request lines under the id, owed ${owed}`)
  }
  for (const line of requests) {
    if (typeof line.fields.status !== 'number') findings.push(`${line.service}: request line without a status`)
    if (typeof line.fields.durationMs !== 'number') findings.push(`${line.service}: request line without durationMs`)
    if (String(line.fields.path ?? '').includes('?')) findings.push(`${line.service}: request line holds a query`)
  }
  const start = lines.findIndex((line) => line.message === START)
  const calling = lines.findIndex((line) => line.message === CALLING)
  if (start === -1) findings.push(`no line "${START}"`)
  if (calling === -1) findings.push(`no line "${CALLING}"`)
  if (start > calling && calling !== -1) findings.push(`"${CALLING}" stands before "${START}"`)
  const call = lines[calling]?.fields
  if (call && (call.tenant !== person.tenantId || call.practice !== person.practiceId || call.saxId !== person.saxId)) {
    findings.push(`"${CALLING}" does not name the tenant, practice and saxId that asked`)
  }
  if (call && call.requestId !== requestId) findings.push(`"${CALLING}" has another request id`)
  return findings
}
