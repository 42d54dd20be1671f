export { NOBODYS_TOKEN } from './nobodys-token.ts'
export { PAGE_CONTEXT_NAME, pageContext } from './page-context.ts'
export { presentedTokens, USER_CONTEXT_NAME, withoutUserContextCookie } from './presented-tokens.ts'
export { MAX_TOKEN_LIFE_SEC, SECRETS_TTL_SEC } from './rotation-times.ts'
export { MIN_SECRET_BYTES, type SigningSecrets, signingKey } from './signing-keys.ts'
export { type ParsedSigningSecrets, parseSigningSecrets, type StoredSecretsRefusal } from './stored-secrets.ts'
export {
  AUDIENCE,
  ISSUER,
  isUuid,
  knownRoles,
  MAX_CLOCK_TOLERANCE_SEC,
  MAX_TOKEN_BYTES,
  type ParsedClaims,
  parseClaims,
  parseSaxId,
  type Role,
  roles,
  USER_CONTEXT_VERSION,
  type UserContext,
} from './user-context.ts'
export { UserContextError, type UserContextRefusal } from './user-context-error.ts'
