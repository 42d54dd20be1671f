import type { Auth0Client } from '@auth0/nextjs-auth0/server'
import { createLogger, type Logger } from '@sax/logging'
import { host } from '@sax/topology'
import { createMinter, type Minter } from '@sax/user-context/mint'
import { createVerifier, type Verifier } from '@sax/user-context/verify'
import { createAuth0Client } from './auth0-client.ts'
import { type Env, readEnv } from './env.ts'

/** Everything a request needs of this process. */
export interface Site {
  readonly env: Env
  readonly logger: Logger
  readonly auth0: Auth0Client
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

/** The clients that `env` asks for. Opens no connection. */
export function createSite(env: Env): Site {
  const nowSec = () => Date.now() / 1000
  const { AUTH0_CLIENT_SECRET: current, AUTH0_CLIENT_SECRET_PREVIOUS: previous } = env
  return {
    env,
    logger: createLogger({ service: host.name, level: env.LOG_LEVEL }),
    auth0: createAuth0Client(env),
    mint: createMinter({ secret: current, nowSec }),
    verify: createVerifier({ secrets: previous ? { current, previous } : { current }, nowSec }),
    nowSec,
  }
}
