import { randomUUID } from 'node:crypto'
import { AwsError } from '../../wire/aws-error.ts'

const HANDLER_CODES: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/AlreadyExist|Conflict|Duplicate|AlreadyOwned|EntityAlreadyExists|NameInUse|CNAMEAlready/i, 'AlreadyExists'],
  [/AccessDenied|NotAuthorized|Unauthorized/i, 'AccessDenied'],
  [/Throttl|TooManyRequests|SlowDown/i, 'Throttling'],
  [/NotFound|NoSuch|DoesNotExist/i, 'NotFound'],
  [/LimitExceeded|Quota/i, 'ServiceLimitExceeded'],
  [/ServiceUnavailable|InternalFailure|InternalError/i, 'ServiceInternalError'],
]

/** Why the work on a resource failed, as the stack's events say it. */
export function failureReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof AwsError ? error.code : error instanceof Error ? error.name : ''
  const handler = HANDLER_CODES.find(([pattern]) => pattern.test(code))?.[1] ?? 'InvalidRequest'
  return `Resource handler returned message: "${message}" (RequestToken: ${randomUUID()}, HandlerErrorCode: ${handler})`
}
