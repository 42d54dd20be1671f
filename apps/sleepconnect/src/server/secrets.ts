import type { Logger } from '@sax/logging'
import { secretsManager, signingSecrets, storedSecret } from '@sax/stored-secrets'
import { MIN_SECRET_BYTES, type SigningSecrets } from '@sax/user-context'
import * as z from 'zod'
import type { SecretSettings } from './env.ts'

/** A secret that may change while this process runs. The same object is answered for as long as it does not. */
export interface Changing<Value> {
  readonly get: () => Promise<Value>
  /** Read anew, if that is allowed now; asked when something was refused under the one known. */
  readonly refresh: () => Promise<Value>
}

export interface HostSecrets {
  readonly auth0: Changing<{ readonly clientSecret: string }>
  /** Encrypt the session cookie; the previous one only reads what it wrote. */
  readonly session: Changing<SessionSecrets>
  readonly userContext: Changing<SigningSecrets>
}

export interface SessionSecrets {
  readonly current: string
  readonly previous?: string
}

export interface SecretPorts {
  readonly fetch: typeof fetch
  readonly nowMs: () => number
  readonly logger: Logger
}

const key = z.string().min(MIN_SECRET_BYTES)
// Fields that are not named are passed over: a release from before they existed still starts when it is rolled back to.
const auth0Secret = z.object({ clientSecret: key })
const sessionSecrets = z.object({ current: key, previous: key.exactOptional() })

/** The host's secrets: values as they were given, or read where they are stored, when they are first needed. */
export function hostSecrets(settings: SecretSettings, { fetch, nowMs, logger }: SecretPorts): HostSecrets {
  if (settings.kind === 'given') {
    const { auth0, session, userContext } = settings
    return { auth0: unchanging(auth0), session: unchanging(session), userContext: unchanging(userContext) }
  }
  const { ids, region, secretsEndpoint: endpoint, credentials } = settings
  const read = secretsManager({ region, endpoint, credentials: () => credentials, fetch, nowMs })
  return {
    auth0: storedSecret({ id: ids.auth0, schema: auth0Secret, read, nowMs, logger }),
    session: storedSecret({ id: ids.session, schema: sessionSecrets, read, nowMs, logger }),
    userContext: storedSecret({ id: ids.userContext, schema: signingSecrets, read, nowMs, logger }),
  }
}

function unchanging<Value>(value: Value): Changing<Value> {
  return { get: async () => value, refresh: async () => value }
}

/** What is made of secrets, made again only when one of them has changed. */
export function madeOf<Values extends readonly object[], Made>(
  make: (...values: Values) => Made,
): (...values: Values) => Made {
  let last: { readonly values: Values; readonly made: Made } | undefined
  return (...values) => {
    if (last === undefined || values.some((value, index) => value !== last?.values[index])) {
      last = { values, made: make(...values) }
    }
    return last.made
  }
}
