import type { EndpointTypes } from './endpoint-types.ts'
import { type Endpoint, type EndpointName, endpoints } from './endpoints.ts'
import type { ErrorBody } from './error.ts'

export type { EndpointTypes } from './endpoint-types.ts'
export type { EndpointName } from './endpoints.ts'

export interface ApiClientOptions {
  /** URL or path the endpoints lie below, without a trailing slash. */
  readonly baseUrl: string
  readonly fetch: typeof fetch
  /** Headers for every call, for example a token on a server. Default none. */
  readonly headers?: () => Readonly<Record<string, string>>
  /**
   * Called once after a 401, or a token of somebody else than the caller says to be (403 `CONTEXT_MISMATCH`); when it
   * answers `true` the call is repeated once. In a browser this renews the user context through the host. Default: a
   * refusal stands.
   */
  readonly renew?: () => Promise<boolean>
}

/** A call the API refused, or that never reached it. `status` 0: no answer at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly body: ErrorBody
  constructor(status: number, body: ErrorBody, options?: ErrorOptions) {
    super(body.message, options)
    this.status = status
    this.body = body
  }
}

type Input<N extends EndpointName> = Omit<EndpointTypes[N], 'answer'> & {
  readonly signal?: AbortSignal
  /** Makes a repeated POST harmless; give the same key to every attempt of one intention. */
  readonly idempotencyKey?: string
}

export interface ApiClient {
  call<N extends EndpointName>(name: N, input: Input<N>): Promise<EndpointTypes[N]['answer']>
}

/**
 * A client of the Outreach API, for browsers and servers. Bodies carry `x-amz-content-sha256`, without which a
 * function behind CloudFront's origin access control refuses every write.
 * @source AWS CloudFront Developer Guide, "Restrict access to an AWS Lambda function URL origin"
 */
export function createApiClient({ baseUrl, fetch, headers, renew }: ApiClientOptions): ApiClient {
  const send = async (
    method: string,
    url: string,
    body: string | Blob | undefined,
    input: { signal?: AbortSignal; idempotencyKey?: string },
  ) =>
    fetch(url, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': body instanceof Blob ? body.type : 'application/json' }),
        ...(method === 'GET' ? {} : { 'x-amz-content-sha256': await sha256Hex(body ?? '') }),
        ...(input.idempotencyKey ? { 'idempotency-key': input.idempotencyKey } : {}),
        ...headers?.(),
      },
      ...(body === undefined ? {} : { body }),
      ...(input.signal ? { signal: input.signal } : {}),
    })

  return {
    async call(name, input) {
      const { method, path, answers }: Endpoint = endpoints[name]
      const { params, query, body: value } = input as { params?: { id: string }; query?: object; body?: object }
      const url = baseUrl + path.replace('{id}', () => encodeURIComponent(params?.id ?? '')) + queryString(query)
      const body = value === undefined || value instanceof Blob ? value : JSON.stringify(value)
      try {
        let response = await send(method, url, body, input)
        if (renew && (await isOutOfContext(response)) && (await renew()))
          response = await send(method, url, body, input)
        if (!response.ok) throw await refusal(response)
        return await (answers === 'file' ? response.blob() : data(response))
      } catch (cause) {
        if (cause instanceof ApiError || (cause instanceof DOMException && cause.name === 'AbortError')) throw cause
        throw new ApiError(
          0,
          {
            code: 'UPSTREAM_UNAVAILABLE',
            message: 'The server cannot be reached. Check the connection and try again.',
            requestId: '',
          },
          { cause },
        )
      }
    },
  }
}

/** No user context, or not that of the person whose page asks. */
async function isOutOfContext(response: Response): Promise<boolean> {
  if (response.status !== 403) return response.status === 401
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  return isErrorBody(body) && body.code === 'CONTEXT_MISMATCH'
}

/** Any answer that is not ours (a proxy's HTML page, an empty body) becomes the one error shape too. */
async function refusal(response: Response): Promise<ApiError> {
  const requestId = response.headers.get('x-request-id') ?? ''
  const body: unknown = await response.json().catch(() => undefined)
  if (isErrorBody(body)) return new ApiError(response.status, { ...body, requestId: body.requestId ?? requestId })
  const code = response.status >= 502 && response.status <= 504 ? 'UPSTREAM_UNAVAILABLE' : 'INTERNAL_ERROR'
  return new ApiError(response.status, {
    code,
    message: `The server answered ${response.status}. Try again in a moment.`,
    requestId,
  })
}

/** A success that is not JSON is somebody else's page, a sign-in page for one: no data, and no lost connection either. */
async function data(response: Response) {
  if (response.status === 204) return undefined
  try {
    return await response.json()
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError(
      response.status,
      {
        code: 'UPSTREAM_UNAVAILABLE',
        message: 'The server sent something that is not an answer. Try again in a moment.',
        requestId: response.headers.get('x-request-id') ?? '',
      },
      { cause },
    )
  }
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== 'object' || body === null || !('code' in body) || !('message' in body)) return false
  return typeof body.code === 'string' && typeof body.message === 'string'
}

function queryString(query: object | undefined): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '')
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}`
}

async function sha256Hex(body: string | Blob): Promise<string> {
  const bytes = body instanceof Blob ? await body.arrayBuffer() : new TextEncoder().encode(body)
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
