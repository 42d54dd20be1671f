import { createHmac, randomBytes } from 'node:crypto'
import type { TokenFlaw } from '@sax/probes'
import type { UserContext } from '@sax/user-context'
import { createMinter } from '@sax/user-context/mint'

/** Makes a right token of `context`, or one with a flaw. Good for ten minutes. */
export type TokenMaker = (context: UserContext, flaw?: TokenFlaw) => Promise<string>

const TTL_SEC = 600

/**
 * Makes tokens, right and wrong ones. Wrong ones are put together by hand, so that each has exactly one flaw and no
 * code of the verifier's own family decides what that flaw is.
 */
export function createTokenMaker(secret: string, nowSec: () => number): TokenMaker {
  const mint = createMinter({ secret, nowSec })
  return async (context, flaw) => {
    const { token } = await mint(context, TTL_SEC)
    return flaw === undefined ? token : flawed(token, flaw, secret, nowSec())
  }
}

function flawed(token: string, flaw: TokenFlaw, secret: string, nowSec: number): string {
  if (isMadeByHand(flaw)) return spoiled(token, flaw)
  const { header, claims } = parts(token)
  switch (flaw) {
    case 'expired':
      return sign(header, { ...claims, iat: Math.floor(nowSec) - 7200, exp: Math.floor(nowSec) - 3600 }, secret)
    case 'wrong-audience':
      return sign(header, { ...claims, aud: 'sleepconnect' }, secret)
    case 'wrong-issuer':
      return sign(header, { ...claims, iss: 'outreach' }, secret)
  }
}

/** Flaws that anybody can give a token. */
const byHand = ['forged', 'edited', 'alg-none', 'truncated'] as const satisfies readonly TokenFlaw[]
type HandFlaw = (typeof byHand)[number]

export function isMadeByHand(flaw: TokenFlaw): flaw is HandFlaw {
  return (byHand as readonly TokenFlaw[]).includes(flaw)
}

/** A right token made wrong without its secret. */
export function spoiled(token: string, flaw: HandFlaw): string {
  const [head = '', payload = '', signature = ''] = token.split('.')
  const { header, claims } = parts(token)
  switch (flaw) {
    case 'forged':
      return sign(header, claims, randomBytes(32).toString('hex'))
    case 'edited':
      return `${head}.${encode({ ...claims, sax_id: 1, roles: ['administrator'] })}.${signature}`
    case 'alg-none':
      return `${encode({ ...header, alg: 'none' })}.${payload}.`
    case 'truncated':
      return token.slice(0, -8)
  }
}

function parts(token: string): { readonly header: Json; readonly claims: Json } {
  const [head = '', payload = ''] = token.split('.')
  return { header: decode(head), claims: decode(payload) }
}

type Json = Readonly<Record<string, unknown>>

function sign(header: Json, claims: Json, secret: string): string {
  const signed = `${encode(header)}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(part: string): Json {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Json
}
