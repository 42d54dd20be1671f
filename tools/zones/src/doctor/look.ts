import type { Answer, Ask, Credential, HttpAnswer, HttpQuestion } from '@sax/probes'
import { backendHealth, backendTemplates, isRecord, jsonBody, linksOf, releaseOf } from '@sax/probes'
import { host, outreach, outreachApiPath, outreachPath } from '@sax/topology'
import type { Observations, QuestionName, Seen, SeenAnswer } from './observations.ts'
import { MOST_REDIRECTS } from './trees/redirect-loop.ts'

/** What only a stage in an account shows; on a laptop each says why it is not there. */
export type StageSights = Pick<Observations, 'failures' | 'functions' | 'infrastructure' | 'secrets'>

export interface LookPorts {
  readonly stage: string
  readonly hostUrl: string
  readonly outreachUrl: string
  readonly ask: Ask
  readonly sights: () => Promise<StageSights>
  /** Milliseconds since 1970. */
  readonly wallMs: () => number
}

const token = (place: 'cookie' | 'header'): Credential => ({ kind: 'token', in: place, of: 'first' })
const at = (door: string, path: string, ...carries: readonly Credential[]): HttpQuestion => ({
  ...{ kind: 'http', door, path, carries },
})
const page = outreachPath('templates')
const api = outreachApiPath('templates')

const questions: Readonly<Record<Exclude<QuestionName, 'asset.host' | 'asset.outreach'>, HttpQuestion>> = {
  'page.host.token': at('host', page, token('cookie')),
  'page.host.nobody': at('host', page),
  'page.outreach.token': at('outreach', page, token('cookie')),
  'api.host.cookie': at('host', api, token('cookie')),
  'api.host.header': at('host', api, token('header')),
  'api.outreach.cookie': at('outreach', api, token('cookie')),
  'api.outreach.header': at('outreach', api, token('header')),
  'health.host': at('host', host.healthPath),
  'health.outreach': at('host', outreach.healthPath),
  'health.api-routes': at('host', outreachApiPath('health')),
  'health.backend': backendHealth,
  'backend.bare': backendTemplates({}),
}

const API = ['api.host.cookie', 'api.outreach.cookie'] as const
const START = '[TEMPLATES API] START'

/** Looks at a site once, at everything that the trees decide by. Changes nothing. */
export async function look(ports: LookPorts): Promise<Observations> {
  const asked = await Promise.all(
    Object.entries(questions).map(async ([name, question]) => [name, await put(ports.ask, question)] as const),
  )
  const answers = Object.fromEntries(asked) as Record<keyof typeof questions, Seen<HttpAnswer>>
  const asset = fileOf(answers['page.outreach.token'], ports.outreachUrl)
  const [assetHost, assetOutreach, redirects, sights] = await Promise.all([
    fileAt(ports.ask, 'host', asset),
    fileAt(ports.ask, 'outreach', asset),
    redirectsOf(ports),
    ports.sights(),
  ])
  const all: Record<QuestionName, Seen<SeenAnswer>> = {
    ...(Object.fromEntries(
      Object.entries(answers).map(([name, answer]) => [
        name,
        mapped(answer, (value) => facts(questions[name as keyof typeof questions], value)),
      ]),
    ) as Record<keyof typeof questions, Seen<SeenAnswer>>),
    'asset.host': assetHost,
    'asset.outreach': assetOutreach,
  }
  return {
    ...{ stage: ports.stage, answers: all, redirects, ...sights },
    ...(await logged(ports.ask, answers)),
    clockSkewSec: mapped(
      answers['health.host'],
      ({ headers }) => (ports.wallMs() - Date.parse(headers.date ?? '')) / 1000,
    ),
  }
}

/** What the hops logged of the first API request that was not answered well. */
async function logged(
  ask: Ask,
  answers: Readonly<Record<(typeof API)[number], Seen<HttpAnswer>>>,
): Promise<Pick<Observations, 'refusals' | 'handlerRan'>> {
  const failed = API.map((name) => answers[name]).find((one) => one.kind === 'seen' && one.value.status !== 200)
  const nothing = { kind: 'unseen', why: 'no request was answered otherwise than it should' } as const
  if (failed?.kind !== 'seen') return { refusals: nothing, handlerRan: nothing }
  const { requestId } = failed.value
  const answer = await safely(ask({ kind: 'logs', requestId, services: ['outreach-api-routes'] }))
  if (answer.kind !== 'logs') {
    const why = answer.kind === 'unavailable' ? answer.why : 'no lines came'
    return { refusals: { kind: 'unseen', why }, handlerRan: { kind: 'unseen', why } }
  }
  const codes = answer.lines.map(({ fields }) => fields.code).filter((code) => typeof code === 'string')
  return {
    refusals: { kind: 'seen', value: codes },
    handlerRan: { kind: 'seen', value: answer.lines.some(({ message }) => message === START) },
  }
}

async function put(ask: Ask, question: HttpQuestion): Promise<Seen<HttpAnswer>> {
  const answer = await safely(ask(question))
  if (answer.kind === 'http') return { kind: 'seen', value: answer }
  return { kind: 'unseen', why: answer.kind === 'unavailable' ? answer.why : 'another answer came' }
}

/** A connection that does not come about is something that was not seen, with its reason. */
function safely(asked: Promise<Answer>): Promise<Answer> {
  return asked.catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no connection'
    return { kind: 'unavailable', why: `it cannot be reached (${code})` } as const
  })
}

function facts({ method = 'GET', door, path, carries = [] }: HttpQuestion, answer: HttpAnswer): SeenAnswer {
  const body = jsonBody(answer)
  const field = (name: string) => (isRecord(body) && typeof body[name] === 'string' ? body[name] : undefined)
  const health = isRecord(body) && isRecord(body.data) ? body.data.status : undefined
  const carried = carries.flatMap((one) => (one.kind === 'token' ? [`, token in ${one.in}`] : []))
  return {
    asked: `${method} ${door}:${path}${carried.join('')}`,
    status: answer.status,
    headers: answer.headers,
    bodyBytes: answer.bodyBytes,
    code: typeof health === 'string' && health !== 'ok' ? health : field('code'),
    message: field('message'),
    hasMain: /<main\b/.test(answer.body),
    release: releaseOf(body),
  }
}

/** A hashed file that the page names. */
function fileOf(answer: Seen<HttpAnswer>, base: string): Seen<string> {
  if (answer.kind === 'unseen') return answer
  const file = linksOf(answer.value.body, base)
    .map(({ url }) => new URL(url).pathname)
    .find((path) => path.startsWith(`${outreach.assetPrefix}/_next/static/`))
  return file === undefined
    ? { kind: 'unseen', why: 'there is no page that names a file' }
    : { kind: 'seen', value: file }
}

async function fileAt(ask: Ask, door: string, file: Seen<string>): Promise<Seen<SeenAnswer>> {
  if (file.kind === 'unseen') return file
  const question = at(door, file.value)
  return mapped(await put(ask, question), (answer) => facts(question, answer))
}

/** The way of somebody without a session who opens a page of the zone. Left at the first foreign name. */
async function redirectsOf({ ask, hostUrl, outreachUrl }: LookPorts): Promise<Seen<readonly string[]>> {
  const doors: Readonly<Record<string, string>> = { [hostUrl]: 'host', [outreachUrl]: 'outreach' }
  const chain: string[] = [hostUrl + page]
  for (let url = new URL(hostUrl + page); chain.length <= MOST_REDIRECTS + 1; ) {
    const door = doors[url.origin]
    if (door === undefined) break
    const answer = await put(ask, at(door, url.pathname + url.search))
    if (answer.kind === 'unseen') return answer
    const { location } = answer.value.headers
    if (answer.value.status < 300 || answer.value.status >= 400 || location === undefined) break
    const next = URL.parse(location, url)
    if (next === null) break
    url = next
    // Queries of a sign-in hold what nobody else should read.
    chain.push(next.origin + next.pathname)
    if (chain.indexOf(next.origin + next.pathname) < chain.length - 1) break
  }
  return { kind: 'seen', value: chain }
}

function mapped<From, To>(seen: Seen<From>, change: (value: From) => To): Seen<To> {
  return seen.kind === 'seen' ? { kind: 'seen', value: change(seen.value) } : seen
}
