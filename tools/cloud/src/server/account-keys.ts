import { AwsError } from '../wire/aws-error.ts'

/** What is known of an access key. */
export type KeyStanding = { readonly kind: 'valid'; readonly accountId: string } | { readonly kind: 'expired' }

const LONG_TERM = /^AKIA(\d{12})$/
const EXPIRED = /^ASIA(\d{12})$/

/** The access key of an account here: its number is in it. */
export function accessKeyOf(accountId: string): string {
  return `AKIA${accountId}`
}

/** A key of the same account whose session is over. */
export function expiredKeyOf(accountId: string): string {
  return `ASIA${accountId}`
}

/** Which access key belongs to which account: those made from an account's number, and those that IAM and STS gave out. */
export class AccountKeys {
  readonly #given = new Map<string, string>()

  /** Remembers a key that was given out. */
  learn(accessKeyId: string, accountId: string): void {
    this.#given.set(accessKeyId, accountId)
  }

  clear(): void {
    this.#given.clear()
  }

  standing(accessKeyId: string): KeyStanding | undefined {
    const accountId = this.#given.get(accessKeyId) ?? LONG_TERM.exec(accessKeyId)?.[1]
    if (accountId !== undefined) return { kind: 'valid', accountId }
    return EXPIRED.test(accessKeyId) ? { kind: 'expired' } : undefined
  }

  /**
   * The account a key belongs to. @throws AwsError when the key is unknown or its session is over, in the words of the
   * service's protocol. @source AWS General Reference, "Common error types"; Amazon S3 API Reference, "Error responses"
   */
  accountOf(accessKeyId: string, service: string): string {
    const standing = this.standing(accessKeyId)
    if (standing?.kind === 'valid') return standing.accountId
    const expired = standing?.kind === 'expired'
    const message = `The security token included in the request is ${expired ? 'expired' : 'invalid.'}`
    if (service === 's3') {
      throw expired
        ? new AwsError('ExpiredToken', 'The provided token has expired.')
        : new AwsError('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403)
    }
    if (SPEAKS_XML.has(service)) throw new AwsError(expired ? 'ExpiredToken' : 'InvalidClientTokenId', message, 403)
    throw new AwsError(expired ? 'ExpiredTokenException' : 'UnrecognizedClientException', message, 403)
  }
}

/** Services that answer in XML; the others answer in JSON and end the codes in "Exception". */
export const SPEAKS_XML: ReadonlySet<string> = new Set([
  ...['cloudformation', 'cloudfront', 'ec2', 'elasticloadbalancing', 'iam', 'monitoring', 'rds', 'route53', 's3'],
  ...['sns', 'sts', 'autoscaling', 'email'],
])
