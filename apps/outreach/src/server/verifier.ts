import { secretsManager, signingSecrets, storedSecret } from '@sax/stored-secrets'
import type { SigningSecrets } from '@sax/user-context'
import { type ChangingSecrets, createVerifier, type Verifier } from '@sax/user-context/verify'
import { env, type SecretSettings } from './env.ts'
import { logger } from './logger.ts'

let known: Verifier | undefined

/** The verifier of this process, made from its environment. */
export function verifier(): Verifier {
  known ??= createVerifier({ secrets: secretsOf(env().secrets), nowSec: () => Date.now() / 1000 })
  return known
}

/** Values as they were given, or read where they are stored, when a token is first looked at. */
function secretsOf(settings: SecretSettings): SigningSecrets | ChangingSecrets {
  if (settings.kind === 'given') return settings.userContext
  const { userContextId, region, secretsEndpoint: endpoint, credentials } = settings
  const nowMs = () => Date.now()
  const read = secretsManager({ region, endpoint, credentials: () => credentials, fetch: globalThis.fetch, nowMs })
  return storedSecret({ id: userContextId, schema: signingSecrets, read, nowMs, logger: logger() })
}
