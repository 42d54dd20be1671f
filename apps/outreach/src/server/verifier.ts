import { createVerifier, type Verifier } from '@sax/user-context/verify'
import { env } from './env.ts'

let known: Verifier | undefined

/** The verifier of this process, made from its environment. */
export function verifier(): Verifier {
  if (known === undefined) {
    const { AUTH0_CLIENT_SECRET: current, AUTH0_CLIENT_SECRET_PREVIOUS: previous } = env()
    known = createVerifier({
      secrets: { current, ...(previous === undefined ? {} : { previous }) },
      nowSec: () => Date.now() / 1000,
    })
  }
  return known
}
