import { type ErrorBody, errorBody } from '@sax/api-contract'
import { errorFields } from '@sax/logging'
import { StoredSecretError } from '@sax/stored-secrets'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { recordConversations } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { StoreError } from '../store/store-error.ts'
import type { ApiEnv, AppDeps } from './api-env.ts'
import { invalid, Refusal } from './refusal.ts'

/** How long a client should wait before it tries again when the database does not answer. */
const RETRY_AFTER_SEC = 2

/** Every error as an answer in the product's one shape. What we did not expect is logged and says nothing of itself. */
export function errorAnswer({ database, logger }: AppDeps): (error: Error, c: Context<ApiEnv>) => Promise<Response> {
  return async (thrown, c) => {
    const error = await recorded(database, thrown, c)
    const { requestId } = c.var
    const refusal = refusalOf(error)
    if (refusal !== undefined) {
      if (refusal.status === 503) {
        logger.error(error instanceof StoreError ? 'database does not answer' : 'who asks cannot be verified', {
          requestId,
          code: error instanceof StoredSecretError ? error.code : undefined,
        })
        c.header('retry-after', String(RETRY_AFTER_SEC))
      }
      if (refusal.status === 401) c.header('www-authenticate', 'Bearer')
      const { code, message, details } = refusal
      return c.json<ErrorBody>(
        { code, message, ...(details ? { details: { ...details } } : {}), requestId },
        refusal.status,
      )
    }
    logger.error('unexpected error', { requestId, ...errorFields(error) })
    return c.json<ErrorBody>(
      { code: 'INTERNAL_ERROR', message: 'Something went wrong on our side. Try again; nothing was lost.', requestId },
      500,
    )
  }
}

/** The error, once the audit log has what it shows; what went wrong with that instead, for what is not recorded is not shown. */
async function recorded(database: Database, error: Error, c: Context<ApiEnv>): Promise<Error> {
  if (!(error instanceof Refusal) || error.shown === undefined) return error
  const { viewer, requestId } = c.var
  const { action, conversation } = error.shown
  try {
    await database.inTenant(viewer.tenantId, async (tx) =>
      recordConversations(tx, viewer, action, [conversation], requestId),
    )
    return error
  } catch (failure) {
    return failure instanceof Error ? failure : new Error('the audit log failed')
  }
}

function refusalOf(error: Error): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof StoreError) {
    if (error.code === 'unstorable_text') return invalid({ text: 'The text holds a character that cannot be stored' })
    return new Refusal(503, 'UPSTREAM_UNAVAILABLE', 'The database is not answering. Try again in a moment.')
  }
  if (error instanceof StoredSecretError) {
    return new Refusal(503, 'UPSTREAM_UNAVAILABLE', 'The service is not answering. Try again in a moment.')
  }
  if (error instanceof HTTPException) {
    if (error.status === 413) return new Refusal(413, 'VALIDATION_ERROR', 'The request body is too large.')
    if (error.status === 415) return new Refusal(415, 'VALIDATION_ERROR', 'Send the body as application/json.')
    if (error.status === 400) return new Refusal(400, 'VALIDATION_ERROR', 'The request body is not valid JSON.')
  }
  return undefined
}

/** The shape of every error, for the API's description. */
export const errorSchema = errorBody
