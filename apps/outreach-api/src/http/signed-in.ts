import { MISSING_TENANT_MESSAGE } from '@sax/api-contract'
import { presentedTokens } from '@sax/user-context'
import type { MiddlewareHandler } from 'hono'
import { agreesWith, namesTenant } from '../domain/asserted-identity.ts'
import { viewerOf } from '../domain/viewer.ts'
import type { ApiEnv, AppDeps } from './api-env.ts'
import { Refusal } from './refusal.ts'

/**
 * Lets a request through that says its tenant, proves who asks, and contradicts itself nowhere - judged in this order,
 * so that a request that came around the zone is told so whatever else it lacks. `isPublic` paths are let through as they are.
 */
export function signedIn({ verify, logger }: AppDeps, isPublic: (path: string) => boolean): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (isPublic(c.req.path)) return next()
    const { headers } = c.req.raw
    const { requestId } = c.var
    if (!namesTenant(headers)) throw new Refusal(400, 'VALIDATION_ERROR', MISSING_TENANT_MESSAGE)
    const verification = await verify(presentedTokens(headers))
    if (verification.kind === 'refused') {
      logger.warn('user context refused', { requestId, code: verification.code })
      throw new Refusal(401, 'UNAUTHORIZED', 'Sign in again to go on.')
    }
    const { context } = verification.verified
    if (!agreesWith(headers, context)) {
      logger.warn('headers contradict the user context', { requestId, saxId: context.saxId })
      throw new Refusal(403, 'CONTEXT_MISMATCH', 'The request contradicts itself about who is asking.')
    }
    c.set('viewer', viewerOf(context))
    await next()
  }
}
