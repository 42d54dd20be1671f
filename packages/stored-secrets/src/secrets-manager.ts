import { AwsV4Signer } from 'aws4fetch'
import { StoredSecretError, type StoredSecretFailure } from './stored-secret-error.ts'

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

export interface SecretsManagerOptions {
  readonly region: string
  /** Where Secrets Manager answers. Default: AWS's own address in the region. */
  readonly endpoint?: string | undefined
  readonly credentials: () => AwsCredentials | Promise<AwsCredentials>
  readonly fetch: Fetch
  /** Present time in milliseconds since the epoch. */
  readonly nowMs: () => number
  /** Longest wait for one answer, in milliseconds. Default 2,000. */
  readonly timeoutMs?: number
}

/** Answers the text that a secret has now. @throws StoredSecretError */
export type ReadSecret = (id: string) => Promise<string>

/**
 * Reads secrets of AWS Secrets Manager, each by its name or ARN, always the version that is current: what a rotation
 * needs beside it lies within the value. What may pass is tried a second time.
 * @source AWS Secrets Manager API Reference, "GetSecretValue"
 */
export function secretsManager({
  region,
  endpoint = addressIn(region),
  credentials,
  fetch,
  nowMs,
  timeoutMs = 2_000,
}: SecretsManagerOptions): ReadSecret {
  const ask = async (id: string): Promise<string> => {
    const body = JSON.stringify({ SecretId: id })
    const signer = new AwsV4Signer({
      method: 'POST',
      url: endpoint,
      service: 'secretsmanager',
      region,
      ...(await credentials()),
      datetime: new Date(nowMs()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.GetSecretValue' },
      body,
    })
    const { url, method, headers } = await signer.sign()
    let status: number
    let text: string
    try {
      const answer = await fetch(url.href, { method, headers, body, signal: AbortSignal.timeout(timeoutMs) })
      status = answer.status
      text = await answer.text()
    } catch (cause) {
      throw new StoredSecretError(id, 'unavailable', { cause })
    }
    const said = fieldsOf(text)
    if (status !== 200) throw new StoredSecretError(id, failureOf(status, said.__type))
    if (typeof said.SecretString !== 'string') throw new StoredSecretError(id, 'malformed')
    return said.SecretString
  }
  return async (id) => {
    try {
      return await ask(id)
    } catch (error) {
      if (error instanceof StoredSecretError && error.code === 'unavailable') return ask(id)
      throw error
    }
  }
}

/** @source AWS General Reference, "AWS Secrets Manager endpoints and quotas" */
function addressIn(region: string): string {
  const host = `secretsmanager.${region}.amazonaws.com`
  return `https://${host}`
}

/** What is no JSON object says nothing: a gateway's page, or half an answer. */
function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}

/** @source AWS Secrets Manager API Reference, "GetSecretValue" (Errors) and "Common Errors" */
const failures: Readonly<Record<string, StoredSecretFailure>> = {
  ResourceNotFoundException: 'not_found',
  InvalidRequestException: 'unusable',
  DecryptionFailure: 'unusable',
  InvalidParameterException: 'unusable',
  AccessDeniedException: 'denied',
  ExpiredTokenException: 'denied',
  IncompleteSignature: 'denied',
  InvalidClientTokenId: 'denied',
  InvalidSignatureException: 'denied',
  NotAuthorized: 'denied',
  OptInRequired: 'denied',
  RequestExpired: 'denied',
  UnrecognizedClientException: 'denied',
}

function failureOf(status: number, type: unknown): StoredSecretFailure {
  if (status >= 500 || typeof type !== 'string') return 'unavailable'
  // Some answers put the namespace before the name.
  return failures[type.split('#').at(-1) ?? ''] ?? 'unavailable'
}
