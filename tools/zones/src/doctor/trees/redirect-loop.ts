import { anyAnswer } from '../looks.ts'
import { fork, leaf, lookAt, type Tree } from '../tree.ts'

/** More redirects than any way of this site has. */
export const MOST_REDIRECTS = 6

/** True for a chain that comes back to where it was, or goes on for ever. */
export function isLoop(addresses: readonly string[]): boolean {
  return new Set(addresses).size < addresses.length || addresses.length > MOST_REDIRECTS
}

/** A browser that is sent to and fro. */
export const redirectLoop: Tree = fork(
  'is-there',
  'Does a page send its visitor round, without a session?',
  (seen) => lookAt(seen.redirects, (chain) => ({ is: isLoop(chain), evidence: shown(chain) })),
  fork(
    'http',
    'Is somebody sent from https to http?',
    (seen) =>
      lookAt(seen.redirects, (chain) => ({
        is: chain.some((url) => url.startsWith('http:')) && chain.some((url) => url.startsWith('https:')),
        evidence: shown(chain),
      })),
    leaf(
      'scheme',
      'An application believes that its visitor came by http: what ends TLS does not say so.',
      ({ stage }) => `npx zones infra drift ${stage}`,
    ),
    leaf(
      'names',
      'Host and zone send the visitor to each other: one of them takes the other name for its own.',
      ({ stage }) => `npx zones infra drift ${stage}`,
    ),
  ),
  fork(
    'refused',
    'Is a right token refused, so that whoever signed in is asked to sign in again?',
    (seen) => anyAnswer(seen, ['page.host.token', 'api.host.cookie'], ({ status }) => status === 302 || status === 401),
    leaf(
      'context-refused',
      'Signing in succeeds, and the zone does not accept what the host says of the person.',
      ({ stage }) => `npx zones doctor ${stage} --symptom 401`,
    ),
    leaf('not-seen', 'Nobody is sent round now.', ({ stage }) => `npx zones verify ${stage}`),
  ),
)

function shown(chain: readonly string[]): string {
  return chain.length === 0 ? 'no redirect' : chain.join(' → ')
}
