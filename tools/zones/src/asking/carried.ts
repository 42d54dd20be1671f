import type { Asker, Credential, TokenFlaw } from '@sax/probes'
import { USER_CONTEXT } from '@sax/topology'

/** Why something cannot be had here, as a sentence. */
export interface Why {
  readonly why: string
}

/** Headers that carry `credentials`, or why one of them cannot be had. */
export async function headersOf(
  credentials: readonly Credential[],
  tokenOf: (of: Asker, flaw: TokenFlaw | undefined) => Promise<string | Why>,
  sessionOf: (of: Asker) => { readonly cookie: string } | Why,
): Promise<{ readonly headers: Readonly<Record<string, string>> } | Why> {
  const headers: Record<string, string> = {}
  const cookies: string[] = []
  for (const credential of credentials) {
    if (credential.kind === 'session') {
      const session = sessionOf(credential.of)
      if ('why' in session) return session
      cookies.push(session.cookie)
      continue
    }
    const token = await tokenOf(credential.of, credential.flaw)
    if (typeof token !== 'string') return token
    if (credential.in === 'cookie') cookies.push(`${USER_CONTEXT}=${token}`)
    if (credential.in === 'header') headers[USER_CONTEXT] = token
    if (credential.in === 'bearer') headers.authorization = `Bearer ${token}`
  }
  if (cookies.length > 0) headers.cookie = cookies.join('; ')
  return { headers }
}
