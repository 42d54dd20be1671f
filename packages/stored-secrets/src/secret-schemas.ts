import * as z from 'zod'

/** HS256 wants a key at least as long as its hash. @source RFC 7518 section 3.2 */
const key = z.string().refine((text) => new TextEncoder().encode(text).length >= 32, 'has at least 32 bytes')

// Fields that are not named here are passed over: a release from before they existed still starts when it is rolled back to.

/** `user-context`: what signs now and, while a rotation is under way, what will and what did. */
export const signingSecrets = z.object({
  current: key,
  next: key.exactOptional(),
  previous: key.exactOptional(),
})

/** What Amazon RDS keeps of an administrator. @source Amazon RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager" */
export const databaseAdministrator = z.object({ username: z.string().min(1), password: z.string().min(1) })

/**
 * `twilio`: the token that signs webhooks and, during a rotation, the one before; a key of the API where there is one.
 * @source Twilio documentation, "Auth Tokens and How to Change Them" and "API keys"
 */
export const carrierSecrets = z.object({
  authToken: z.string().min(32),
  previousAuthToken: z.string().min(32).exactOptional(),
})
