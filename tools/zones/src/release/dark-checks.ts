import { verificationPeople, verificationTokenAnswer } from '@sax/release'
import { host, outreach, outreachApiPath } from '@sax/topology'
import { type FunctionAnswer, functionAnswer } from './function-answer.ts'
import { type DarkRequest, type Entrance, requestEvent } from './function-events.ts'
import type { LiveSet } from './live-set.ts'
import { answerOf } from './migration-events.ts'
import type { ReleasePorts } from './ports.ts'
import { ReleaseStop } from './release-stop.ts'
import { functionNameOf, type StageLayout } from './stage-layout.ts'

type Flaw = 'expired' | 'wrong-audience' | 'wrong-issuer'

/** One thing that a new version must do before anybody reaches it. */
export interface DarkCheck {
  readonly role: string
  readonly title: string
  /** What is wrong, as a clause. Undefined: nothing. */
  readonly finding: string | undefined
}

const TOKEN_HEADER = 'x-sax-user-context'
const { first } = verificationPeople

/**
 * Tries every new version by itself, with requests in the form in which AWS brings them: which release it is, that it
 * takes a token that the host mints, and that it refuses one with a flaw. This is where it shows that host, zone and
 * backend read the same secret.
 * @param live what people reach now; @param next what they are to reach
 */
export async function darkChecks(
  ports: Pick<ReleasePorts, 'invoke' | 'newId' | 'now'>,
  layout: StageLayout,
  live: LiveSet,
  next: LiveSet,
  roles: readonly string[],
  release: string,
): Promise<readonly DarkCheck[]> {
  const checks: DarkCheck[] = []
  const versionOf = (role: string) => next.functions[role]?.version ?? ''
  const ask = async (role: string, entrance: Entrance, request: DarkRequest): Promise<FunctionAnswer | string> => {
    const event = requestEvent(entrance, request, ports.newId(), ports.now())
    const invoked = await ports.invoke(functionNameOf(layout, role), versionOf(role), event)
    if (invoked.kind === 'failed') return `fails (${invoked.errorType})`
    return functionAnswer(invoked.payload) ?? 'gives an answer that is none of HTTP'
  }
  const check = async (
    role: string,
    title: string,
    entrance: Entrance,
    request: DarkRequest,
    judge: (answer: FunctionAnswer) => string | undefined,
  ) => {
    if (!roles.includes(role)) return
    const answer = await ask(role, entrance, request)
    checks.push({ role, title, finding: typeof answer === 'string' ? answer : judge(answer) })
  }
  const token = async (flaw?: Flaw) => {
    const event = { sax: 'verification-token', of: 'first', ...(flaw === undefined ? {} : { flaw }) } as const
    const parsed = verificationTokenAnswer.safeParse(
      await answerOf(ports, layout, 'sleep-connect-server', versionOf('sleep-connect-server'), event),
    )
    if (parsed.success) return parsed.data.token
    throw new ReleaseStop('failed', 'The host mints no token for verification.')
  }

  const url: Entrance = { kind: 'url' }
  const api: Entrance = { kind: 'api', stage: new URL(layout.apiBaseUrl).pathname.slice(1) }
  const [good, expired, foreign] = [await token(), await token('expired'), await token('wrong-audience')]
  const forwarded = (zone: 'sleepconnect' | 'outreach') => ({ 'x-forwarded-host': layout.hostNames[zone] })
  const carried = (value: string) => ({ ...forwarded('outreach'), [TOKEN_HEADER]: value })
  const bearer = (value: string) => ({
    authorization: `Bearer ${value}`,
    'x-tenant-id': first.tenantId,
    'x-practice-id': first.practiceId,
    'x-sax-id': String(first.saxId),
  })
  const get = (path: string, headers: Readonly<Record<string, string>>): DarkRequest => ({
    method: 'GET',
    path,
    headers,
  })
  const says = saysRelease(release)
  const templates = outreachApiPath('templates')

  await check(
    'sleep-connect-server',
    'says which release it is',
    url,
    get(host.healthPath, forwarded('sleepconnect')),
    says,
  )
  await check(
    'sleep-connect-server',
    'answers who is not signed in',
    url,
    get('/', forwarded('sleepconnect')),
    status(200, 302, 303, 307),
  )
  await check('outreach-server', 'says which release it is', url, get(outreach.healthPath, forwarded('outreach')), says)
  await check(
    'outreach-server',
    'lets in who comes with a token of the host',
    url,
    get(outreach.basePath, carried(good)),
    page,
  )
  await check(
    'outreach-server',
    'sends away an expired token',
    url,
    get(outreach.basePath, carried(expired)),
    status(302, 303, 307),
  )
  await check(
    'outreach-server',
    'sends away a token for somebody else',
    url,
    get(outreach.basePath, carried(foreign)),
    status(302, 303, 307),
  )
  await check(
    'outreach-api-routes',
    'says which release it is',
    url,
    get(outreachApiPath('health'), forwarded('outreach')),
    says,
  )
  await check(
    'outreach-api-routes',
    'takes a token of the host',
    url,
    get(templates, carried(good)),
    // It asks the backend that people reach now. Where no release is there yet, nobody can answer.
    live.functions['outreach-api']?.release == null ? not(401, 403) : status(200),
  )
  await check('outreach-api-routes', 'refuses an expired token', url, get(templates, carried(expired)), status(401))
  await check('outreach-api', 'says which release it is', api, get('/health', {}), says)
  const list = `${outreach.basePath}/templates`
  await check('outreach-api', 'reads for who comes with a token of the host', api, get(list, bearer(good)), status(200))
  await check('outreach-api', 'refuses an expired token', api, get(list, bearer(expired)), status(401))
  await check('outreach-api', 'refuses a token for somebody else', api, get(list, bearer(foreign)), status(401))
  return checks
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
  return answer.body.length > 0 ? undefined : 'answers 200 with an empty page'
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
