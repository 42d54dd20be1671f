import { isStage, type RoutingMode, type Stage, stageNames, stages } from '@sax/topology'
import { type Asked, type Hop, wayOf } from '../explain/way.ts'
import type { Outcome } from '../outcome.ts'

export interface ExplainArguments {
  /** As typed, not resolved: what a browser would tidy up is what an attacker would send. */
  readonly url: string
  readonly method: string
  /** Default: the stage that has the URL's host name. */
  readonly stage?: string | undefined
  readonly routing?: string | undefined
  /** `name: value` */
  readonly headers: readonly string[]
  readonly cookie?: string | undefined
  readonly json: boolean
}

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']

/** A request's way through the site, hop by hop, as text or JSON. Needs no running site. */
export async function explain(arguments_: ExplainArguments): Promise<Outcome> {
  const { url, method, routing } = arguments_
  const parts = /^https?:\/\/([^/?#\s]+)([^#\s]*)$/.exec(url)
  const [, host, target] = parts ?? []
  if (host === undefined || target === undefined) {
    return badInput('Give a whole URL, for example https://dev.mydreamconnect.com/patients')
  }
  if (!METHODS.includes(method.toUpperCase())) return badInput(`--method is one of ${METHODS.join(', ')}.`)
  if (routing !== undefined && routing !== 'host' && routing !== 'edge') return badInput('--routing is host or edge.')
  const stage = arguments_.stage ?? stageOf(host)
  if (stage === undefined) {
    return badInput(`No stage has the name ${host}. Say which one is meant with --stage ${stageNames.join('|')}.`)
  }
  if (!isStage(stage)) return badInput(`There is no stage "${stage}". Stages: ${stageNames.join(', ')}.`)
  const headers = headersOf(arguments_)
  if (headers === undefined) return badInput("--header is 'name: value'.")
  const mode: RoutingMode = routing ?? stages[stage].routing
  const asked: Asked = { method: method.toUpperCase(), host, target: target === '' ? '/' : target, headers }
  const hops = await wayOf(asked, stage, mode)
  if (arguments_.json) return { kind: 'done', text: JSON.stringify({ stage, routing: mode, hops }, null, 2) }
  return { kind: 'done', text: wayText(asked, stage, mode, hops) }
}

/** The stage whose distributions answer to a host name; a rehearsal has the laptop's names and must be asked for. */
function stageOf(host: string): Stage | undefined {
  return stageNames.find((stage) =>
    Object.values(stages[stage].domains).some(({ name, aliases }) => [name, ...aliases].includes(host)),
  )
}

function headersOf({ headers, cookie }: ExplainArguments): Headers | undefined {
  const parsed = new Headers(cookie === undefined ? {} : { cookie })
  for (const header of headers) {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/.exec(header) ?? []
    if (name === undefined || value === undefined) return undefined
    parsed.append(name, value)
  }
  return parsed
}

function wayText({ method, host, target }: Asked, stage: Stage, routing: RoutingMode, hops: readonly Hop[]): string {
  const path = target.split('?', 1)[0] ?? target
  return [
    `${method} ${host}${path}   (${stage}, ${routing} routing)`,
    ...hops.flatMap((hop, i) => ['', `${i + 1}  ${titleOf(hop)}`, ...detailsOf(hop).map((line) => `     ${line}`)]),
  ].join('\n')
}

function titleOf(hop: Hop): string {
  switch (hop.kind) {
    case 'distribution':
      return `distribution ${hop.zone}, asked as ${hop.host}`
    case 'carried':
      return `the host's proxy carries it to zone ${hop.zone}: ${hop.to}`
    case 'answered':
      return `answered by ${hop.by}`
    case 'refused':
      return `refused with ${hop.status}: ${hop.reason.replaceAll('_', ' ')}`
  }
}

function detailsOf(hop: Hop): readonly string[] {
  switch (hop.kind) {
    case 'distribution':
      return [
        `behaviour ${hop.behaviorNumber} of ${hop.behaviorCount}   ${hop.pathPattern}`,
        `cache policy     ${hop.cachePolicy}: ${hop.cache}`,
        `origin request   ${hop.originRequestPolicy}`,
        `function         ${hop.forwardedHostFunction ? `x-forwarded-host := ${hop.host}` : 'none'}`,
        `forwarded        ${hop.forwarded.join(', ') || 'nothing of the viewer'}`,
        `dropped          ${hop.dropped.join(', ') || 'nothing'}`,
        `origin           ${hop.origin}`,
      ]
    case 'carried':
      return ['a live session: header minted afresh, the client’s own token dropped; none: a valid token is kept']
    case 'answered':
      return hop.logGroup === undefined ? [] : [`log group ${hop.logGroup}`]
    case 'refused':
      return hop.zone === undefined ? [] : [`by the distribution of ${hop.zone}`]
  }
}

function badInput(reason: string): Outcome {
  return { kind: 'bad-input', reason }
}
