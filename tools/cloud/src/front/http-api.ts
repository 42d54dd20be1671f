import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { functionAddress } from '../lambda/function-name.ts'
import type { FunctionRunner } from '../lambda/function-runner.ts'
import type { LambdaState } from '../lambda/function-state.ts'
import { MAX_EVENT_BYTES } from '../lambda/invoke.ts'
import { isAllowed } from '../lambda/resource-policy.ts'
import { AwsError } from '../wire/aws-error.ts'
import type { FrontRequest } from './front-request.ts'
import type { FoundApi, HttpApiLookup } from './http-api-lookup.ts'
import { readFrontRequest, refuse, send } from './http-exchange.ts'
import { matchRoute } from './match-route.ts'
import { answerOf, eventOf, type HttpAnswer } from './payload.ts'

export interface HttpApis {
  readonly lookup: HttpApiLookup
  readonly state: () => LambdaState
  readonly runner: FunctionRunner
  readonly region: string
  readonly accountId: string
}

/** AWS's own names of APIs are `<api>.execute-api.<region>.amazonaws.com`. */
const OWN_HOST = /^([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/

/** Where in an API a request arrives. */
interface Place {
  readonly api: FoundApi
  readonly stage: string
  /** Below the stage. */
  readonly path: string
}

/**
 * Answers a request to an HTTP API.
 * @source Amazon API Gateway Developer Guide, "Working with HTTP APIs" and "Troubleshooting issues with HTTP APIs"
 */
export async function answerHttpApi(
  parts: HttpApis,
  host: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const requestId = randomUUID()
  const own = { 'apigw-requestid': requestId }
  const refused = (status: number, message: string) => refuse(outgoing, status, { message }, own)
  const request = await readFrontRequest(incoming, MAX_EVENT_BYTES)
  if (request === undefined) return refused(413, 'Request Entity Too Large')
  const place = await placeOf(parts.lookup, host, request.target.split('?')[0] ?? '/')
  if (place === 'forbidden') return refused(403, 'Forbidden')
  const matched = place && matchRoute(place.api.routes, request.method, place.path)
  if (place === undefined || matched === undefined) return refused(404, 'Not Found')
  const { route, parameters } = matched
  const rawPath = place.stage === '$default' ? place.path : `/${place.stage}${place.path}`
  const event = eventOf(
    asHeard(request),
    {
      ...{ accountId: parts.accountId, apiId: place.api.apiId, domainName: host, routeKey: route.key },
      ...{ stage: place.stage, requestId, rawPath },
      ...(Object.keys(parameters).length === 0 ? {} : { pathParameters: parameters }),
    },
    new Date(),
  )
  const answer = await invoke(parts, place, route, Buffer.from(JSON.stringify(event)))
  if (answer === 'late' || answer === 'throttled') return refused(503, 'Service Unavailable')
  if (answer === 'failed') return refused(500, 'Internal Server Error')
  send(outgoing, { ...answer, headers: { ...answer.headers, ...own } })
}

async function invoke(
  { state, runner, region, accountId }: HttpApis,
  { api, stage }: Place,
  route: FoundApi['routes'][number],
  event: Buffer,
): Promise<HttpAnswer | 'failed' | 'late' | 'throttled'> {
  const { name, qualifier } = functionAddress(functionArn(route.target), undefined, { accountId, region })
  const fn = state().find(accountId, name)
  const isMeant = isAllowed(fn?.policies.get(qualifier ?? '')?.statements ?? [], {
    ...{ service: 'apigateway.amazonaws.com', action: 'lambda:InvokeFunction' },
    resource: functionArn(route.target),
    facts: {
      'aws:sourcearn': `arn:aws:execute-api:${region}:${accountId}:${api.apiId}/${stage}/${route.key.replace(' ', '')}`,
      'aws:sourceaccount': accountId,
    },
  })
  // What API Gateway may not call, or does not find, the caller learns as little of as of a failure.
  if (fn === undefined || !isMeant) return 'failed'
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), route.timeoutMs)
  })
  try {
    const begun = runner.begin(state(), { fn, qualifier, event })
    const given = await Promise.race([begun.then(({ answer }) => answer), late])
    if (given === 'late') return 'late'
    return given.kind === 'payload' ? (answerOf(given.payload) ?? 'failed') : 'failed'
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return error.code === 'TooManyRequestsException' ? 'throttled' : 'failed'
  } finally {
    clearTimeout(timer)
  }
}

/** An integration names the function's ARN, or the path under which Lambda's API invokes it. */
function functionArn(target: string): string {
  return /\/functions\/(arn:[^/]+)\/invocations$/.exec(target)?.[1] ?? target
}

async function placeOf(lookup: HttpApiLookup, host: string, path: string): Promise<Place | 'forbidden' | undefined> {
  const ownId = OWN_HOST.exec(host)?.[1]
  if (ownId !== undefined) {
    const api = await lookup.api(ownId)
    if (api === undefined || api.isEndpointDisabled) return 'forbidden'
    const stage = api.stages.find((name) => isBelow(path, name))
    if (stage !== undefined) return { api, stage, path: below(path, stage) }
    return api.stages.includes('$default') ? { api, stage: '$default', path } : undefined
  }
  const mappings = await lookup.mappings(host)
  if (mappings === undefined) return 'forbidden'
  const [mapping] = mappings
    .filter(({ key }) => key === '' || isBelow(path, key))
    .sort((a, b) => b.key.length - a.key.length)
  const api = mapping && (await lookup.api(mapping.apiId))
  if (mapping === undefined || api === undefined) return undefined
  return { api, stage: mapping.stage, path: mapping.key === '' ? path : below(path, mapping.key) }
}

function isBelow(path: string, prefix: string): boolean {
  return path === `/${prefix}` || path.startsWith(`/${prefix}/`)
}

function below(path: string, prefix: string): string {
  return path.slice(prefix.length + 1) || '/'
}

function asHeard(request: FrontRequest): FrontRequest {
  const { connection: _, ...headers } = request.headers
  const before = headers['x-forwarded-for']
  return {
    ...request,
    headers: {
      ...headers,
      ...{ 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
      'x-forwarded-for': before === undefined ? request.sourceIp : `${before}, ${request.sourceIp}`,
    },
  }
}
