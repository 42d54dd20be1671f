/** What kind of "no" AWS said. Closed set. */
export type AwsFailureCode =
  | 'no_credentials'
  | 'expired_credentials'
  | 'unknown_credentials'
  | 'denied'
  | 'throttled'
  | 'unreachable'
  | 'unavailable'
  | 'refused'

/**
 * A call to AWS that did not succeed. `message` is one sentence that names the call, `next` what to do about it; neither
 * holds an ARN of a person, a token or a value that was sent.
 */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure'
  readonly code: AwsFailureCode
  /** `service:Action`, as IAM spells it. */
  readonly action: string
  /** AWS's own name of the error, for example `NoSuchBucket`. */
  readonly errorName: string
  readonly next: string
  constructor(failure: Pick<AwsFailure, 'code' | 'action' | 'errorName' | 'message' | 'next'>) {
    super(failure.message)
    this.code = failure.code
    this.action = failure.action
    this.errorName = failure.errorName
    this.next = failure.next
  }
}

/**
 * Names of errors by what they mean.
 * @source AWS documentation, "Common errors" of the API references of STS, CloudFormation, IAM and Lambda; AWS SDK for JavaScript, package @smithy/service-error-classification
 */
const NAMES: Readonly<Record<Exclude<AwsFailureCode, 'refused' | 'unreachable'>, readonly string[]>> = {
  no_credentials: ['CredentialsProviderError', 'MissingAuthenticationToken', 'MissingAuthenticationTokenException'],
  expired_credentials: [
    'ExpiredToken',
    'ExpiredTokenException',
    'RequestExpired',
    'TokenRefreshRequired',
    'SSOTokenProviderFailure',
  ],
  unknown_credentials: [
    ...['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidAccessKeyId', 'SignatureDoesNotMatch'],
    ...['InvalidSignatureException', 'AuthFailure', 'IncompleteSignature'],
  ],
  denied: [
    'AccessDenied',
    'AccessDeniedException',
    'UnauthorizedOperation',
    'AuthorizationError',
    'NotAuthorized',
    'OptInRequired',
  ],
  throttled: [
    ...[
      'Throttling',
      'ThrottlingException',
      'ThrottledException',
      'RequestThrottled',
      'RequestThrottledException',
      'RequestLimitExceeded',
    ],
    ...['TooManyRequestsException', 'SlowDown', 'PriorRequestNotComplete', 'BandwidthLimitExceeded'],
  ],
  unavailable: [
    'ServiceUnavailable',
    'ServiceUnavailableException',
    'InternalFailure',
    'InternalError',
    'InternalServerError',
    'InternalServerException',
    'ServiceException',
    'ServiceInternalErrorException',
  ],
}

const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|ERR_.*TLS.*|CERT_.*|UNABLE_TO_.*)$/

interface Thrown {
  readonly name?: unknown
  readonly message?: unknown
  readonly code?: unknown
  readonly $metadata?: { readonly httpStatusCode?: unknown }
}

/** What `error`, thrown by a call to AWS, means for the person who runs a command. */
export function awsFailure(action: string, error: unknown): AwsFailure {
  const { name, message, code, $metadata } = (typeof error === 'object' && error !== null ? error : {}) as Thrown
  const errorName = typeof name === 'string' ? name : 'Error'
  const text = typeof message === 'string' ? message : ''
  const kind = kindOf(errorName, typeof code === 'string' ? code : '', $metadata?.httpStatusCode)
  const service = action.split(':')[0] ?? action
  const failure = (sentence: string, next: string) =>
    new AwsFailure({ code: kind, action, errorName, message: sentence, next })
  switch (kind) {
    case 'no_credentials':
      return failure(
        'There are no AWS credentials here.',
        'Sign in (aws sso login, or set AWS_PROFILE) and run the command again.',
      )
    case 'expired_credentials':
      return failure(
        'The AWS credentials have expired.',
        'Sign in again (aws sso login) and run the same command again.',
      )
    case 'unknown_credentials':
      return failure(
        'AWS does not know these credentials.',
        'Check AWS_PROFILE and the access key, then run the same command again.',
      )
    case 'denied':
      return failure(
        `These credentials may not do ${deniedAction(text) ?? action}.`,
        'Ask for that permission, or sign in with a role that has it, and run the same command again.',
      )
    case 'throttled':
      return failure(
        `AWS asks to slow down (${action}) and has done so several times.`,
        'Wait a minute and run the same command again.',
      )
    case 'unreachable':
      return failure(
        `AWS cannot be reached for ${action} (${typeof code === 'string' && code !== '' ? code : errorName}).`,
        'Check the network and AWS_ENDPOINT_URL, then run the same command again.',
      )
    case 'unavailable':
      return failure(
        `AWS has a fault of its own in ${service} (${errorName}).`,
        'Look at health.aws.amazon.com, and run the same command again later.',
      )
    case 'refused':
      return failure(
        `AWS refused ${action}: ${withoutPeople(text) || errorName}`,
        'Mend what it names and run the same command again.',
      )
  }
}

function kindOf(name: string, code: string, status: unknown): AwsFailureCode {
  for (const [kind, names] of Object.entries(NAMES) as readonly [keyof typeof NAMES, readonly string[]][]) {
    if (names.includes(name)) return kind
  }
  if (NETWORK.test(code) || name === 'TimeoutError' || name === 'NetworkingError') return 'unreachable'
  if (status === 429) return 'throttled'
  // HeadBucket and the like answer without a body, hence without a name of their own.
  if (status === 403 && /^(Unknown|UnknownError|Forbidden|403)$/.test(name)) return 'denied'
  return typeof status === 'number' && status >= 500 ? 'unavailable' : 'refused'
}

/** The action that a sentence of IAM's says is missing, which is not always the one that was called. */
function deniedAction(text: string): string | undefined {
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z*]+)/.exec(text)?.[1]
}

/** AWS's sentence without ARNs of users and sessions, whose last part is often somebody's name. */
function withoutPeople(text: string): string {
  return text
    .replaceAll(/arn:aws[a-z-]*:(?:sts|iam)::\d{12}:(?:assumed-role|user|federated-user)\/[^\s,;)]+/g, 'the caller')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Whether AWS refused with one of these names, for example because there is nothing under that name. */
export function isRefusedAs(error: unknown, ...names: readonly string[]): error is AwsFailure {
  return error instanceof AwsFailure && names.includes(error.errorName)
}
