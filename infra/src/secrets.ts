import type { DeployedStage } from './account-facts.ts'
import type { FunctionKind } from './function-kind.ts'

/** Secrets of a stage. Templates know their names; values are set by a person and read at run time. */
export type SecretName = 'auth0' | 'session' | 'twilio' | 'user-context'

interface SecretUse {
  readonly what: string
  /** Variable that carries the name. */
  readonly variable: string
  readonly readers: readonly FunctionKind[]
}

/** Who reads what, and nobody else does. */
export const secrets: Readonly<Record<SecretName, SecretUse>> = {
  auth0: {
    what: 'client secret of the application at Auth0, with which the host signs people in',
    variable: 'AUTH0_SECRET_ID',
    readers: ['host-pages'],
  },
  session: {
    what: "encrypts the host's session cookie",
    variable: 'SESSION_SECRET_ID',
    readers: ['host-pages'],
  },
  twilio: {
    what: "the carrier's token: it verifies webhooks and sends messages",
    variable: 'TWILIO_SECRET_ID',
    readers: ['backend', 'worker'],
  },
  'user-context': {
    what: 'signs the user context: the current secret and, during a rotation, the next and the one before',
    variable: 'USER_CONTEXT_SECRET_ID',
    readers: ['host-pages', 'zone-pages', 'zone-api-routes', 'backend'],
  },
}

export const secretNames = Object.keys(secrets) as readonly SecretName[]

/** Name in Secrets Manager, for example `sleepconnect/develop/user-context`. */
export const secretId = (stage: DeployedStage, name: SecretName) => `sleepconnect/${stage}/${name}`

export const secretsReadBy = (kind: FunctionKind) => secretNames.filter((name) => secrets[name].readers.includes(kind))
