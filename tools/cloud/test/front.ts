import { createHash } from 'node:crypto'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Cloud } from '../src/index.ts'

export interface Asked {
  readonly host: string
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface Given {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Sends a request to functions under a name; the answer is there when its head is. */
export function begin(cloud: Cloud, asked: Asked): Promise<IncomingMessage> {
  const { host, path = '/', method = 'GET', headers = {}, body } = asked
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const [hostname, port] = (cloud.functions?.address ?? '').split(':')
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path, headers: { ...headers, ...length, host }, agent: false },
      resolve,
    )
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}

/** The same, read to its end. */
export async function ask(cloud: Cloud, asked: Asked): Promise<Given> {
  const answer = await begin(cloud, asked)
  let body = ''
  for await (const part of answer.setEncoding('utf8')) body += part
  return { status: answer.statusCode ?? 0, headers: answer.headers, body }
}

/** A request as CloudFront signs it for a distribution. The viewer has hashed the body. */
export async function signed(cloud: Cloud, distributionArn: string, asked: Asked): Promise<Asked> {
  const { host, path = '/', method = 'GET', headers = {}, body } = asked
  const signer = new SignatureV4({
    credentials: cloud.functions?.frontDoor ?? { accessKeyId: '', secretAccessKey: '' },
    ...{ region: 'us-east-1', service: 'lambda', applyChecksum: false, sha256: Hash.bind(null, 'sha256') },
  })
  const hash = body === undefined ? {} : { 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') }
  const url = new URL(path, 'https://origin')
  const { headers: all } = await signer.sign({
    ...{ method, protocol: 'https:', hostname: host, path: url.pathname },
    query: Object.fromEntries(
      [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)]),
    ),
    headers: { ...hash, ...headers, host, 'x-amz-source-arn': distributionArn },
  })
  return { ...asked, headers: all }
}
