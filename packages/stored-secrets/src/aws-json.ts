import aws4 from 'aws4'

export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** The part of `fetch` that is used. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly signal: AbortSignal
  },
) => Promise<{ readonly status: number; readonly text: () => Promise<string> }>

export interface AwsAccess {
  readonly region: string
  /** Where the service answers. Default: AWS's own address in the region. */
  readonly endpoint?: string | undefined
  readonly credentials: () => AwsCredentials | Promise<AwsCredentials>
  readonly fetch: Fetch
  /** Present time in milliseconds since the epoch. */
  readonly nowMs: () => number
  /** Longest wait for one answer, in milliseconds. */
  readonly timeoutMs: number
}

/** One operation of a service that speaks AWS JSON. */
export interface AwsOperation {
  /** As addresses and signatures name it, for example `sqs`. */
  readonly service: string
  /** For example `AmazonSQS.SendMessage`. */
  readonly target: string
  readonly version: '1.0' | '1.1'
  readonly input: Readonly<Record<string, string>>
}

/**
 * Asks AWS one thing, signed, without an SDK: a function that has to start quickly loads none. @throws what `fetch` does
 * @source Smithy documentation, "AWS JSON 1.0 protocol" and "AWS JSON 1.1 protocol"
 */
export async function askAws(
  { region, endpoint, credentials, fetch, nowMs, timeoutMs }: AwsAccess,
  { service, target, version, input }: AwsOperation,
): Promise<{ readonly status: number; readonly text: string }> {
  const body = JSON.stringify(input)
  const url = new URL(endpoint ?? `https://${addressIn(service, region)}`)
  const { headers } = aws4.sign(
    {
      ...{ method: 'POST', host: url.host, path: url.pathname, service, region, body },
      headers: {
        'content-type': `application/x-amz-json-${version}`,
        'x-amz-date': new Date(nowMs()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
        'x-amz-target': target,
      },
    },
    await credentials(),
  )
  const answer = await fetch(url.href, {
    ...{ method: 'POST', body, signal: AbortSignal.timeout(timeoutMs) },
    headers: toSend(headers),
  })
  return { status: answer.status, text: await answer.text() }
}

/** Of what is signed, `Host` and `Content-Length` are written by whoever sends. */
function toSend(signed: object = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(signed)
      .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
      .filter(([name]) => name !== 'host' && name !== 'content-length'),
  )
}

/** @source AWS General Reference, "Service endpoints and quotas" */
function addressIn(service: string, region: string): string {
  return `${service}.${region}.amazonaws.com`
}
