import type { FunctionRole } from '@sax/topology'
import type { DeployedStage } from './account-facts.ts'

/** Secrets of a stage. Templates know their names; values are set by a person and read at run time. */
export type SecretName = 'user-context' | 'session' | 'twilio'

interface SecretUse {
  readonly what: string
  /** Variable that carries the name. */
  readonly variable: string
  readonly readers: readonly FunctionRole[]
}

/** Who reads what, and nobody else does. */
export const secrets: Readonly<Record<SecretName, SecretUse>> = {
  'user-context': {
    what: 'signs the user context: the current value and, during a rotation, the one before',
    variable: 'USER_CONTEXT_SECRET_ID',
    readers: ['sleep-connect-server', 'outreach-server', 'outreach-api-routes', 'outreach-api'],
  },
  session: {
    what: "encrypts the host's session cookie",
    variable: 'SESSION_SECRET_ID',
    readers: ['sleep-connect-server'],
  },
  twilio: {
    what: "the carrier's account, token and sender",
    variable: 'TWILIO_SECRET_ID',
    readers: ['outreach-api'],
  },
}

export const secretNames = Object.keys(secrets) as readonly SecretName[]

/** Name in Secrets Manager, for example `sleepconnect/develop/user-context`. */
export const secretId = (stage: DeployedStage, name: SecretName) => `sleepconnect/${stage}/${name}`

export const secretsReadBy = (role: FunctionRole) => secretNames.filter((name) => secrets[name].readers.includes(role))
