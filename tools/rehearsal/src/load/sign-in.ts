import type { VerificationPerson } from '@sax/release'
import { loginPath, userContextPath } from '@sax/topology'
import { subjectOf } from '../identity.ts'
import type { Answer, PersonClient } from './person-client.ts'

/** Steps between the site and the identity provider: login, authorisation, choice, resumption, callback, page. */
const MAX_STEPS = 12

/**
 * Signs a person of verification in through the identity provider, by choosing them there as one does in a browser.
 * Afterwards the client holds their session.
 * @throws Error saying where the way ended
 */
export async function signIn(
  client: PersonClient,
  hostUrl: string,
  person: VerificationPerson,
  path: string,
): Promise<void> {
  let at = hostUrl + loginPath(path)
  let answer: Answer = await client.ask(at)
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if (answer.location !== undefined) {
      at = new URL(answer.location, at).href
      answer = await client.ask(at)
    } else if (answer.status === 200 && new URL(at).pathname.startsWith('/pick/')) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const body = new URLSearchParams({ sub: subjectOf(person) }).toString()
      answer = await client.ask(at, { method: 'POST', headers, body })
    } else {
      break
    }
  }
  const { origin, pathname } = new URL(at)
  if (answer.status !== 200 || origin + pathname !== hostUrl + path) {
    throw new Error(`signing in ended at ${origin}${pathname} with ${answer.status}`)
  }
}

/** Renews the user context, as open pages do before it ends. */
export async function renewUserContext(client: PersonClient, hostUrl: string): Promise<Answer> {
  return client.ask(hostUrl + userContextPath, { method: 'POST' })
}
