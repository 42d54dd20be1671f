import { type ReleaseEvent, verificationPeople, workerStatusAnswer } from '@sax/release'
import { host, hostPath, outreach, outreachApiPath } from '@sax/topology'
import type { FunctionAnswer } from './function-answer.ts'
import { type DarkRequest, type Entrance, requestEvent } from './function-events.ts'
import type { LiveSet } from './live-set.ts'
import { filesNamedIn } from './named-files.ts'
import type { ReleasePorts } from './ports.ts'
import type { StageLayout } from './stage-layout.ts'

/** Tokens that the host mints for the tenants of verification. */
export interface DarkTokens {
  readonly good: string
  readonly expired: string
  readonly foreign: string
}

/** How something is put to a version, and what is wrong with the answer, as a clause. Undefined: nothing. */
export type Asking =
  | {
      readonly kind: 'http'
      readonly entrance: Entrance
      readonly request: DarkRequest
      readonly judge: (answer: FunctionAnswer) => string | undefined
    }
  | {
      readonly kind: 'event'
      readonly event: ReleaseEvent
      readonly judge: (payload: unknown) => string | undefined
    }

/** One request to a new version, and what is to be said about the answer. */
export interface DarkQuestion {
  readonly role: string
  readonly title: string
  readonly ask: Asking
  /** How often it is put. */
  readonly times: number
}

/** Once when it starts, and twice when it runs: what leaks or wears out from one request to the next shows then. */
const AGAIN = 3
const TOKEN_HEADER = 'x-sax-user-context'
const { first } = verificationPeople

/** What every function is asked before anybody reaches it, in the form in which AWS brings requests. */
export function darkQuestions(
  layout: StageLayout,
  live: LiveSet,
  release: string,
  { good, expired, foreign }: DarkTokens,
): readonly DarkQuestion[] {
  const url: Entrance = { kind: 'url' }
  const api: Entrance = { kind: 'api', stage: new URL(layout.apiBaseUrl).pathname.slice(1) }
  const forwarded = (zone: 'sleepconnect' | 'outreach') => ({ 'x-forwarded-host': layout.hostNames[zone] })
  const carried = (value: string) => ({ ...forwarded('outreach'), [TOKEN_HEADER]: value })
  const bearer = (value: string) => ({
    authorization: `Bearer ${value}`,
    'x-tenant-id': first.tenantId,
    'x-practice-id': first.practiceId,
    'x-sax-id': String(first.saxId),
  })
  const says = saysRelease(release)
  const away = status(302, 303, 307)
  const templates = outreachApiPath('templates')
  // It asks the backend that people reach now. Where no release is there yet, nobody can answer.
  const listed = live.functions['outreach-api']?.release == null ? not(401, 403) : status(200)
  const asked = (role: string, entrance: Entrance) => ({
    get: (
      title: string,
      path: string,
      headers: Readonly<Record<string, string>>,
      judge: (answer: FunctionAnswer) => string | undefined,
      times = 1,
    ): DarkQuestion => ({
      ...{ role, title, times },
      ask: { kind: 'http', entrance, request: { method: 'GET', path, headers }, judge },
    }),
  })
  const pages = asked('sleep-connect-server', url)
  const zone = asked('outreach-server', url)
  const routes = asked('outreach-api-routes', url)
  const backend = asked('outreach-api', api)
  const list = `${outreach.basePath}/templates`
  return [
    pages.get('says which release it is', host.healthPath, forwarded('sleepconnect'), says),
    pages.get('answers who is not signed in', hostPath(), forwarded('sleepconnect'), status(200, 302, 303, 307), AGAIN),
    pages.get('shows a page that needs no sign-in', hostPath('signed-out'), forwarded('sleepconnect'), page, AGAIN),
    zone.get('says which release it is', outreach.healthPath, forwarded('outreach'), says),
    zone.get('lets in who comes with a token of the host', outreach.basePath, carried(good), page, AGAIN),
    zone.get('sends away an expired token', outreach.basePath, carried(expired), away),
    zone.get('sends away a token for somebody else', outreach.basePath, carried(foreign), away),
    routes.get('says which release it is', outreachApiPath('health'), forwarded('outreach'), says),
    routes.get('takes a token of the host', templates, carried(good), listed, AGAIN),
    routes.get('refuses an expired token', templates, carried(expired), status(401)),
    backend.get('says which release it is', '/health', {}, says),
    backend.get('reads for who comes with a token of the host', list, bearer(good), status(200), AGAIN),
    backend.get('refuses an expired token', list, bearer(expired), status(401)),
    backend.get('refuses a token for somebody else', list, bearer(foreign), status(401)),
    {
      role: 'outreach-worker',
      title: 'has what it needs to send',
      ask: { kind: 'event', event: { sax: 'worker-status' }, judge: canSend(release) },
      times: AGAIN,
    },
  ]
}

/** A question as a function gets it. */
export function eventOf(ask: Asking, { newId, now }: Pick<ReleasePorts, 'newId' | 'now'>): unknown {
  return ask.kind === 'event' ? ask.event : requestEvent(ask.entrance, ask.request, newId(), now())
}

function status(...allowed: readonly number[]) {
  return (answer: FunctionAnswer) =>
    allowed.includes(answer.status) ? undefined : `answers ${answer.status} in place of ${allowed.join(' or ')}`
}

function not(...forbidden: readonly number[]) {
  return (answer: FunctionAnswer) => (forbidden.includes(answer.status) ? `answers ${answer.status}` : undefined)
}

function page(answer: FunctionAnswer): string | undefined {
  const wrong = status(200)(answer)
  if (wrong !== undefined) return wrong
  if (answer.body.length === 0) return 'answers 200 with an empty page'
  return filesNamedIn(answer).length === 0 ? 'answers 200 with a page that names no script and no style' : undefined
}

function canSend(release: string) {
  return (payload: unknown): string | undefined => {
    const status = workerStatusAnswer.safeParse(payload)
    if (!status.success) return 'does not say how it is'
    if (status.data.release !== release) return 'says that it is another release'
    if (status.data.database !== 'answers') return 'does not reach the database'
    return status.data.carrier === 'credentials read' ? undefined : 'cannot read what it signs in to the carrier with'
  }
}

function saysRelease(release: string) {
  return (answer: FunctionAnswer): string | undefined => {
    const wrong = status(200)(answer)
    if (wrong !== undefined) return wrong
    try {
      const { data } = JSON.parse(answer.body) as { data?: { release?: unknown } }
      return data?.release === release ? undefined : 'says that it is another release'
    } catch {
      return 'does not say which release it is'
    }
  }
}
