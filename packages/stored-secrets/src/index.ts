export { databaseAdministrator, signingSecrets } from './secret-schemas.ts'
export { type AwsCredentials, type ReadSecret, type SecretsManagerOptions, secretsManager } from './secrets-manager.ts'
export { type StoredSecret, type StoredSecretOptions, storedSecret } from './stored-secret.ts'
export { StoredSecretError, type StoredSecretFailure } from './stored-secret-error.ts'
