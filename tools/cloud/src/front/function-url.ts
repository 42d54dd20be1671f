import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FunctionUrlConfig } from '@aws-sdk/client-lambda'
import type { FunctionRunner } from '../lambda/function-runner.ts'
import type { FunctionState, LambdaState } from '../lambda/function-state.ts'
import { MAX_EVENT_BYTES } from '../lambda/invoke.ts'
import { isAllowed } from '../lambda/resource-policy.ts'
import { readSignature, type SigningKey } from '../lambda/url-signing.ts'
import { AwsError } from '../wire/aws-error.ts'
import type { FrontRequest } from './front-request.ts'
import { readFrontRequest, refuse, send } from './http-exchange.ts'
import { answerOf, eventOf } from './payload.ts'
import { passStream } from './streamed-answer.ts'

export interface FunctionUrls {
  readonly state: () => LambdaState
  readonly runner: FunctionRunner
  readonly region: string
  /** What the front door signs with. */
  readonly frontDoor: SigningKey
}

/** Function URLs are `<id>.lambda-url.<region>.on.aws`. */
export const FUNCTION_URL_HOST = /^[a-z0-9]+\.lambda-url\.[a-z0-9-]+\.on\.aws$/

/** The words of each refusal. @source AWS Lambda Developer Guide, "Control access to Lambda function URLs"; awsdocs/aws-lambda-developer-guide issue 494 */
const FORBIDDEN =
  'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html'
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

/** Answers a request to a function URL. @source AWS Lambda Developer Guide, "Creating and managing Lambda function URLs" */
export async function answerFunctionUrl(
  parts: FunctionUrls,
  host: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = await readFrontRequest(incoming, MAX_EVENT_BYTES)
  if (request === undefined) {
    refuse(outgoing, 413, { Message: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation' })
    return
  }
  const behind = parts.state().behind(host)
  const refusal = behind === undefined ? denied() : await refusalOf(parts, behind, request)
  if (behind === undefined || refusal !== undefined) {
    const { code, message } = refusal ?? denied()
    refuse(outgoing, 403, { Message: message }, { 'x-amzn-errortype': code })
    return
  }
  const { fn, key, url } = behind
  const requestId = randomUUID()
  const event = eventOf(
    asHeard(request),
    { ...contextOf(fn, url, host), requestId, rawPath: pathOf(request) },
    new Date(),
  )
  const streams = url.InvokeMode === 'RESPONSE_STREAM'
  const qualifier = key === '' ? undefined : key
  const own = { 'x-amzn-requestid': requestId }
  try {
    const call = { fn, qualifier, requestId, streams, event: Buffer.from(JSON.stringify(event)) }
    const { answer } = await parts.runner.begin(parts.state(), call)
    const given = await answer
    if (given.kind === 'stream') {
      const passed = await passStream(given.body, given.contentType, outgoing, own)
      if (passed === 'broken' && !outgoing.destroyed) refuse(outgoing, 502, 'Internal Server Error', own)
      return
    }
    if (given.kind === 'failed') {
      refuse(outgoing, 502, 'Internal Server Error', own)
      return
    }
    // A URL that streams passes on what a function that does not stream gives, as it is (unverified).
    const http = streams
      ? { status: 200, headers: { 'content-type': 'application/json' }, body: given.payload }
      : answerOf(given.payload)
    if (http === undefined) refuse(outgoing, 502, 'Internal Server Error', own)
    else send(outgoing, { ...http, headers: { ...http.headers, ...own } })
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    refuse(outgoing, error.status, { Message: error.message }, { ...own, 'x-amzn-errortype': error.code })
  }
}

interface Refusal {
  readonly code: string
  readonly message: string
}

const denied = (): Refusal => ({ code: 'AccessDeniedException', message: FORBIDDEN })

/** Why a request may not come in: its signature first, then what the policy says. */
async function refusalOf(
  { region, frontDoor }: FunctionUrls,
  { fn, key, url }: { readonly fn: FunctionState; readonly key: string; readonly url: FunctionUrlConfig },
  request: FrontRequest,
): Promise<Refusal | undefined> {
  const isOpen = url.AuthType === 'NONE'
  const signature = isOpen ? undefined : await readSignature(request, frontDoor, region, Date.now())
  if (signature?.kind === 'wrong') return { code: 'InvalidSignatureException', message: MISMATCH }
  if (signature?.kind === 'expired') return { code: 'InvalidSignatureException', message: 'Signature expired' }
  if (signature?.kind === 'unsigned') return denied()
  const facts = {
    'lambda:functionurlauthtype': url.AuthType ?? '',
    'lambda:invokedviafunctionurl': 'true',
    ...(signature === undefined
      ? {}
      : { 'aws:sourcearn': signature.sourceArn, 'aws:sourceaccount': signature.sourceArn.split(':')[4] ?? '' }),
  }
  const resource = key === '' ? fn.arn : `${fn.arn}:${key}`
  const service = signature === undefined ? undefined : 'cloudfront.amazonaws.com'
  const statements = fn.policies.get(key)?.statements ?? []
  const may = (action: string) => isAllowed(statements, { service, action, resource, facts })
  // Both, since October 2025. @source AWS Lambda Developer Guide, "Control access to Lambda function URLs"
  return may('lambda:InvokeFunctionUrl') && may('lambda:InvokeFunction') ? undefined : denied()
}

function contextOf(fn: FunctionState, url: FunctionUrlConfig, host: string) {
  const apiId = host.split('.')[0] ?? ''
  const about = { apiId, domainName: host, routeKey: '$default', stage: '$default' }
  if (url.AuthType === 'NONE') return { ...about, accountId: 'anonymous' }
  return { ...about, accountId: fn.accountId, authorizer: { iam: { accountId: fn.accountId } } }
}

/** What the function hears: how it was reached, and not what proved who asked. */
function asHeard(request: FrontRequest): FrontRequest {
  const { authorization: _, 'x-amz-security-token': __, connection: ___, ...headers } = request.headers
  return {
    ...request,
    headers: {
      ...headers,
      ...{ 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
      'x-forwarded-for': headers['x-forwarded-for'] ?? request.sourceIp,
    },
  }
}

function pathOf({ target }: FrontRequest): string {
  return target.split('?')[0] ?? '/'
}
