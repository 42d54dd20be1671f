import { AwsV4Signer } from 'aws4fetch'

export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** The part of `fetch` that is used. */
export type Fetch = (
  url: string,
  init: { readonly method: string; readonly headers: Headers; readonly body: string; readonly signal: AbortSignal },
) => Promise<Pick<Response, 'status' | 'text'>>

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
  const signer = new AwsV4Signer({
    method: 'POST',
    url: endpoint ?? `https://${addressIn(service, region)}`,
    service,
    region,
    ...(await credentials()),
    datetime: new Date(nowMs()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target },
    body,
  })
  const { url, method, headers } = await signer.sign()
  const answer = await fetch(url.href, { method, headers, body, signal: AbortSignal.timeout(timeoutMs) })
  return { status: answer.status, text: await answer.text() }
}

/** @source AWS General Reference, "Service endpoints and quotas" */
function addressIn(service: string, region: string): string {
  return `${service}.${region}.amazonaws.com`
}
