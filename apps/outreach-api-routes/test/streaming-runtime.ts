import { PassThrough } from 'node:stream'

/** What a function that streams has answered, as its URL hands it on. */
export interface StreamedAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly body: string
}

type StreamingHandler = (event: unknown, stream: PassThrough, context: unknown) => Promise<void>

/** The type by which a function URL knows that status and headers come before the body, ended by eight zero bytes. */
const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response'

/**
 * The part of Lambda's Node.js runtime that a streaming handler meets.
 * @source github.com/aws/aws-lambda-nodejs-runtime-interface-client, `HttpResponseStream` and `ResponseStream`
 */
export class StreamingRuntime {
  /** To be found under `awslambda` by the code of the function. */
  readonly awslambda = {
    streamifyResponse: (handler: StreamingHandler) => handler,
    HttpResponseStream: {
      from: (stream: PassThrough, prelude: unknown): PassThrough => {
        this.#contentType = WITH_PRELUDE
        stream.write(JSON.stringify(prelude))
        stream.write(new Uint8Array(8))
        return stream
      },
    },
  }
  #contentType = 'application/octet-stream'

  /** Invokes the handler. @throws Error when its answer is none that a function URL understands */
  async invoke(handler: unknown, event: unknown): Promise<StreamedAnswer> {
    this.#contentType = 'application/octet-stream'
    const stream = new PassThrough()
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    await (handler as StreamingHandler)(event, stream, { awsRequestId: 'an-invocation' })
    if (this.#contentType !== WITH_PRELUDE) throw new Error('the answer has no status')
    if (!stream.writableEnded) throw new Error('the answer has no end')
    const all = Buffer.concat(chunks)
    const end = all.indexOf(Buffer.alloc(8))
    return { ...JSON.parse(all.subarray(0, end).toString()), body: all.subarray(end + 8).toString() }
  }
}

/**
 * A request as a function URL hands it over. A function URL has no stage.
 * @source AWS Lambda Developer Guide, "Invoking Lambda function URLs", request payload format 2.0
 */
export function urlEvent(path: string, { method = 'GET', headers = {}, cookies, body }: UrlRequest = {}) {
  const [rawPath = '', rawQueryString = ''] = path.split('?')
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookies === undefined ? {} : { cookies }),
    headers: { host: 'abc.lambda-url.us-east-1.on.aws', 'x-forwarded-proto': 'https', ...headers },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'abc',
      domainName: 'abc.lambda-url.us-east-1.on.aws',
      domainPrefix: 'abc',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'Amazon CloudFront' },
      requestId: 'e1506fd5-9e7b-434f-bd42-4f8fa224b599',
      routeKey: '$default',
      stage: '$default',
      time: '28/Nov/2026:12:00:00 +0000',
      timeEpoch: 1_795_867_200_000,
    },
    ...(body === undefined ? {} : { body: Buffer.from(body).toString('base64') }),
    isBase64Encoded: body !== undefined,
  }
}

interface UrlRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly body?: string
}
