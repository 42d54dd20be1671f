/** A request, as somebody would send it. */
export interface DarkRequest {
  readonly method: 'GET'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** Where a request arrives: at a function URL, or at the HTTP API's stage of that name. */
export type Entrance = { readonly kind: 'url' } | { readonly kind: 'api'; readonly stage: string }

/**
 * What AWS would make of a request, so that a version can be tried before anybody reaches it.
 * @source AWS Lambda Developer Guide, "Invoking Lambda function URLs"; Amazon API Gateway Developer Guide, "AWS Lambda proxy integrations for HTTP APIs" (payload format version 2.0)
 */
export function requestEvent(entrance: Entrance, { method, path, headers }: DarkRequest, requestId: string, now: Date) {
  const [pathname = '', query = ''] = path.split('?')
  const stage = entrance.kind === 'url' ? '$default' : entrance.stage
  const rawPath = entrance.kind === 'url' ? pathname : `/${entrance.stage}${pathname}`
  const domainPrefix = 'dark'
  const domainName =
    entrance.kind === 'url'
      ? `${domainPrefix}.lambda-url.us-east-1.on.aws`
      : `${domainPrefix}.execute-api.us-east-1.amazonaws.com`
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: query,
    headers: { host: domainName, 'user-agent': 'release', 'x-forwarded-proto': 'https', ...headers },
    ...(query === '' ? {} : { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: domainPrefix,
      domainName,
      domainPrefix,
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'release' },
      requestId,
      routeKey: '$default',
      stage,
      time: clfTime(now),
      timeEpoch: now.getTime(),
    },
    isBase64Encoded: false,
  }
}

/** `28/Nov/2026:16:12:15 +0000` */
function clfTime(now: Date): string {
  const [, day, month, year, time] = now.toUTCString().split(' ')
  return `${day}/${month}/${year}:${time} +0000`
}
