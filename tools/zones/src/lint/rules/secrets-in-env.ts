import { environmentOf, ofResources } from './template-resources.ts'

const SECRET = /SECRET|PASSWORD|PASSWD|PRIVATE_?KEY|CREDENTIAL|(?:API|ACCESS|AUTH)_?(?:KEY|TOKEN)$/i

/** Names of secrets are no secrets: an ARN, a name ending in ARN, NAME or ID. */
const NAMES_ONE = /_?(?:ARN|NAME|ID|PATH|URL|TTL\w*)$/i

/** A published version keeps its environment for ever: a rollback brings the old secret back. */
export const secretsInEnv = ofResources('secrets-in-env', 'error', 'AWS::Lambda::Function', (properties) =>
  Object.entries(environmentOf(properties))
    .filter(([name, value]) => SECRET.test(name) && !NAMES_ONE.test(name) && !String(value).startsWith('arn:'))
    .map(([name]) => ({
      why: `${name} holds a secret's value; versions freeze it, and whoever may read the configuration reads it.`,
      fix: `Keep the secret in Secrets Manager, put its ARN into ${name}_ARN, and fetch the value at run time.`,
    })),
)
