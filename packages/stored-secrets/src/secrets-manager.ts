import { type AwsAccess, askAws } from './aws-json.ts'
import { StoredSecretError, type StoredSecretFailure } from './stored-secret-error.ts'

export interface SecretsManagerOptions extends Omit<AwsAccess, 'timeoutMs'> {
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
export function secretsManager({ timeoutMs = 2_000, ...access }: SecretsManagerOptions): ReadSecret {
  const ask = async (id: string): Promise<string> => {
    const { status, text } = await askAws(
      { ...access, timeoutMs },
      {
        service: 'secretsmanager',
        target: 'secretsmanager.GetSecretValue',
        version: '1.1',
        input: { SecretId: id },
      },
    ).catch((cause: unknown) => {
      throw new StoredSecretError(id, 'unavailable', { cause })
    })
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
