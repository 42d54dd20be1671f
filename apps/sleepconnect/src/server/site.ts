import type { Logger } from '@sax/logging'
import type { SigningSecrets } from '@sax/user-context'
import { createMinter, type Minter } from '@sax/user-context/mint'
import { createVerifier, type Verifier } from '@sax/user-context/verify'
import { cookies } from 'next/headers'
import { createAuth0Client } from './auth0-client.ts'
import { type Env, readEnv } from './env.ts'
import { hostLogger } from './logger.ts'
import { hostSecrets, madeOf } from './secrets.ts'
import { createSessions, type Sessions } from './sessions.ts'

/** Everything a request needs of this process. */
export interface Site {
  readonly env: Env
  readonly logger: Logger
  readonly sessions: Sessions
  readonly mint: Minter
  readonly verify: Verifier
  readonly nowSec: () => number
}

let site: Site | undefined

/**
 * This process's settings and clients, made at the first call.
 * @throws Error naming the settings that are missing or wrong.
 */
export function theSite(): Site {
  site ??= createSite(readEnv())
  return site
}

/** The host's session cookie, whole or in parts. */
const SESSION_COOKIE = /^__session(__\d+)?$/

/** The clients that `env` asks for. Opens no connection: stored secrets are read when a request needs one. */
export function createSite(env: Env): Site {
  const nowSec = () => Date.now() / 1000
  const logger = hostLogger(env)
  const secrets = hostSecrets(env.secrets, { fetch: globalThis.fetch, nowMs: () => Date.now(), logger })
  const minterOf = madeOf(({ current }: SigningSecrets) => createMinter({ secret: current, nowSec }))
  return {
    env,
    logger,
    sessions: createSessions({
      secrets,
      createSdk: (used) => createAuth0Client(env, { ...used, refused: secrets.auth0.refresh }),
      brings: async (request) =>
        (request?.cookies ?? (await cookies())).getAll().some(({ name }) => SESSION_COOKIE.test(name)),
    }),
    mint: async (context, ttlSec) => minterOf(await secrets.userContext.get())(context, ttlSec),
    verify: createVerifier({ secrets: secrets.userContext, nowSec }),
    nowSec,
  }
}
