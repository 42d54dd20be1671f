import fc from 'fast-check'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { createMinter } from './mint.ts'
import { type SigningSecrets, signingKey } from './signing-keys.ts'
import type { UserContext } from './user-context.ts'
import { createVerifier } from './verify.ts'

const SECRET = 'a secret of the tests, 32 bytes long and more'
const NEXT_SECRET = 'the secret after this one, 32 bytes long too'
const OLD_SECRET = 'the secret before that one, also 32 bytes long'
const noon = 1_800_000_000
const clock = (nowSec: number) => () => nowSec

const ana: UserContext = {
  saxId: 1386,
  tenantId: '00000000-0000-0000-0000-000000000001',
  practiceId: '00000000-0000-0000-0000-000000000020',
  practiceName: 'Lakeside Sleep',
  email: 'ana@example.test',
  name: 'Ana',
  roles: ['coordinator'],
}
const claims = {
  sax_id: 1386,
  tenant_id: ana.tenantId,
  practice_id: ana.practiceId,
  email: ana.email,
  name: ana.name,
}

const mint = createMinter({ secret: SECRET, nowSec: clock(noon) })
const verify = createVerifier({ secrets: { current: SECRET }, nowSec: clock(noon) })
const { token: good } = await mint(ana, 900)
const { token: old } = await createMinter({ secret: OLD_SECRET, nowSec: clock(noon) })(ana, 900)

/** A token made by hand, to say what the minter never says. */
async function forged(
  payload: Readonly<Record<string, unknown>>,
  { secret = SECRET, header = {} }: { secret?: string; header?: Readonly<Record<string, unknown>> } = {},
): Promise<string> {
  const body = { iss: 'sleepconnect', aud: 'outreach', iat: noon, exp: noon + 900, ...claims, ...payload }
  return new SignJWT(body).setProtectedHeader({ alg: 'HS256', ...header }).sign(new TextEncoder().encode(secret))
}
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const [goodHeader = '', goodPayload = '', goodSignature = ''] = good.split('.')

test('a minted token says who asks, until when, and comes back as presented', async () => {
  expect(await verify([good])).toEqual({
    kind: 'ok',
    verified: { context: ana, expiresAtSec: noon + 900, token: good },
  })
})

test('a request without a token is refused as missing', async () => {
  expect(await verify([])).toEqual({ kind: 'refused', code: 'missing' })
})

const none = { alg: 'none', typ: 'JWT' }
const body = { iss: 'sleepconnect', aud: 'outreach', iat: noon, exp: noon + 900, ...claims }

test.each<[what: string, code: string, token: string]>([
  ['alg none without a signature', 'untrusted', `${base64url(none)}.${base64url(body)}.`],
  ['alg none with a signature', 'untrusted', `${base64url(none)}.${base64url(body)}.${goodSignature}`],
  ['alg HS512 under the right secret', 'untrusted', await forgedWith('HS512')],
  ['a signature with one letter changed', 'untrusted', `${goodHeader}.${goodPayload}.${flipped(goodSignature)}`],
  [
    'claims exchanged under an old signature',
    'untrusted',
    `${goodHeader}.${base64url({ ...body, sax_id: 1 })}.${goodSignature}`,
  ],
  ['another secret', 'untrusted', await forged({}, { secret: OLD_SECRET })],
  ['a kid nobody knows', 'untrusted', await forged({}, { header: { kid: '0000000000000000' } })],
  ['a kid that is no text', 'untrusted', await forged({}, { header: { kid: 7 } })],
  ['another issuer', 'untrusted', await forged({ iss: 'outreach' })],
  ['no issuer', 'untrusted', await forged({ iss: undefined })],
  ['another audience', 'wrong_audience', await forged({ aud: 'sleepconnect' })],
  ['no audience', 'wrong_audience', await forged({ aud: undefined })],
  ['no end', 'malformed', await forged({ exp: undefined })],
  ['an end that is no number', 'malformed', await forged({ exp: 'tomorrow' })],
  ['no beginning', 'malformed', await forged({ iat: undefined })],
  ['a sax_id that is no number', 'malformed', await forged({ sax_id: 'thirteen' })],
  ['a critical extension nobody knows', 'malformed', await forgedCritical()],
  ['a truncated token', 'malformed', good.slice(0, good.lastIndexOf('.'))],
  ['five parts, as an encrypted token has', 'malformed', `${good}.x.y`],
  ['more bytes than a cookie can hold', 'malformed', await forged({ name: 'x'.repeat(3000) })],
])('%s is refused as %s', async (_what, code, token) => {
  expect(await verify([token])).toEqual({ kind: 'refused', code })
})

test.each([
  JSON.stringify({ sax_id: 1386, tenant_id: ana.tenantId, roles: ['administrator'] }),
  encodeURIComponent(JSON.stringify(claims)),
  base64url(claims),
])('S2: identity in plain sight is no identity: %s', async (cookie) => {
  expect(await verify([cookie])).toEqual({ kind: 'refused', code: 'malformed' })
})

describe('time', () => {
  const judgedAt = async (nowSec: number, clockToleranceSec?: number) => {
    const options = clockToleranceSec === undefined ? {} : { clockToleranceSec }
    const verdict = await createVerifier({ secrets: { current: SECRET }, nowSec: clock(nowSec), ...options })([good])
    return verdict.kind === 'ok' ? 'ok' : verdict.code
  }

  test.each([
    ['in its last second', noon + 899, 0, 'ok'],
    ['at its end', noon + 900, 0, 'expired'],
    ['4 s past its end, 5 s forgiven', noon + 904, undefined, 'ok'],
    ['5 s past its end, 5 s forgiven', noon + 905, undefined, 'expired'],
    ['59 s past its end, 60 s forgiven', noon + 959, 60, 'ok'],
    ['61 s past its end, 60 s forgiven', noon + 961, 60, 'expired'],
  ])('a token %s is judged right', async (_when, nowSec, toleranceSec, verdict) => {
    expect(await judgedAt(nowSec, toleranceSec)).toBe(verdict)
  })

  test.each([61, -1, Number.NaN])('a tolerance of %d s cannot be configured', (clockToleranceSec) => {
    expect(() => createVerifier({ secrets: { current: SECRET }, nowSec: clock(noon), clockToleranceSec })).toThrow(
      RangeError,
    )
  })
})

describe('rotation', () => {
  const rotating = createVerifier({ secrets: { current: SECRET, previous: OLD_SECRET }, nowSec: clock(noon) })

  test('a token under the secret before is accepted while the rotation lasts, and refused after it', async () => {
    expect((await rotating([old])).kind).toBe('ok')
    expect(await verify([old])).toEqual({ kind: 'refused', code: 'untrusted' })
  })

  test('tokens without a kid are tried under both secrets', async () => {
    expect((await rotating([await forged({})])).kind).toBe('ok')
    expect((await rotating([await forged({}, { secret: OLD_SECRET })])).kind).toBe('ok')
    expect((await rotating([await forged({}, { secret: 'a third secret that nobody has agreed on' })])).kind).toBe(
      'refused',
    )
  })

  test('a kid decides: the other secret is not tried', async () => {
    const { kid } = await signingKey(SECRET)
    const mislabelled = await forged({}, { secret: OLD_SECRET, header: { kid } })
    expect(await rotating([mislabelled])).toEqual({ kind: 'refused', code: 'untrusted' })
  })

  test.each<[signer: string, verifier: string, signs: string, knows: SigningSecrets]>([
    ['has read the prepared secret', 'has not', SECRET, { current: SECRET }],
    ['has not read the prepared secret', 'has', SECRET, { current: SECRET, next: NEXT_SECRET }],
    ['has read the promoted secret', 'has not', NEXT_SECRET, { current: SECRET, next: NEXT_SECRET }],
    ['has not read the promoted secret', 'has', SECRET, { current: NEXT_SECRET, previous: SECRET }],
    ['has read the retired secret', 'has not', NEXT_SECRET, { current: NEXT_SECRET, previous: SECRET }],
    ['has not read the retired secret', 'has', NEXT_SECRET, { current: NEXT_SECRET }],
  ])('S1: a host that %s, and a zone that %s yet, agree', async (_signer, _verifier, signs, knows) => {
    const { token } = await createMinter({ secret: signs, nowSec: clock(noon) })(ana, 900)
    expect((await createVerifier({ secrets: knows, nowSec: clock(noon) })([token])).kind).toBe('ok')
  })

  test('S1: a step left out is what refuses everybody: nobody accepts a secret that was never prepared', async () => {
    const { token } = await createMinter({ secret: NEXT_SECRET, nowSec: clock(noon) })(ana, 900)
    expect(await verify([token])).toEqual({ kind: 'refused', code: 'untrusted' })
  })

  test('an expired token under the secret before is expired, not untrusted', async () => {
    expect(await rotating([await forged({ exp: noon - 100 }, { secret: OLD_SECRET })])).toEqual({
      kind: 'refused',
      code: 'expired',
    })
  })
})

describe('secrets that change', () => {
  /** A store whose secrets can be changed. What is read is one object for as long as it is the same. */
  function changing(first: SigningSecrets) {
    const store = { stored: first, held: first, refreshes: 0 }
    const secrets = {
      get: async () => store.held,
      refresh: async () => {
        store.refreshes += 1
        store.held = store.stored
        return store.held
      },
    }
    return { store, verify: createVerifier({ secrets, nowSec: clock(noon) }) }
  }
  const of = async (secret: string) => (await createMinter({ secret, nowSec: clock(noon) })(ana, 900)).token

  test('S1: a token under a secret that was rotated in is let through at once, and so is one under the secret before', async () => {
    const { store, verify } = changing({ current: SECRET })
    expect((await verify([good])).kind).toBe('ok')
    store.stored = { current: NEXT_SECRET, previous: SECRET }
    expect((await verify([await of(NEXT_SECRET)])).kind).toBe('ok')
    expect((await verify([good])).kind).toBe('ok')
    expect(store.refreshes).toBe(1)
  })

  test('a token under none of them is refused after one look, whatever else is presented', async () => {
    const { store, verify } = changing({ current: SECRET })
    expect(await verify([old, 'garbage'])).toEqual({ kind: 'refused', code: 'untrusted' })
    expect(store.refreshes).toBe(1)
    store.stored = { current: NEXT_SECRET }
    expect(await verify([old])).toEqual({ kind: 'refused', code: 'untrusted' })
    expect(store.refreshes).toBe(2)
  })

  test.each([
    ['nothing', []],
    ['garbage', ['garbage']],
    ['a good token', [good]],
  ])('%s is judged without a look', async (_what, presented) => {
    const { store, verify } = changing({ current: SECRET })
    await verify(presented)
    expect(store.refreshes).toBe(0)
  })

  test('a header under a retired secret does not hide a cookie under a new one', async () => {
    const { store, verify } = changing({ current: SECRET })
    store.stored = { current: NEXT_SECRET }
    expect((await verify([old, await of(NEXT_SECRET)])).kind).toBe('ok')
  })

  test('a minter signs with the secret that is there when it is asked', async () => {
    let secret = SECRET
    const mint = createMinter({ secret: async () => secret, nowSec: clock(noon) })
    expect((await verify([(await mint(ana, 900)).token])).kind).toBe('ok')
    secret = NEXT_SECRET
    expect(await verify([(await mint(ana, 900)).token])).toEqual({ kind: 'refused', code: 'untrusted' })
  })
})

describe('the secret', () => {
  test('S1: a fingerprint shows whether two parties hold the same secret', async () => {
    // HMAC-SHA-256 of "x-sax-user-context kid" under this key, its first 16 hex digits, by openssl.
    expect((await signingKey('0123456789abcdef0123456789abcdef')).kid).toBe('09b07f3cbfc21849')
    expect((await signingKey('0123456789abcdef0123456789abcdeg')).kid).not.toBe('09b07f3cbfc21849')
  })

  test('S1: a token of a host with another secret is refused at the zone, whatever else is right', async () => {
    expect(await verify([old])).toEqual({ kind: 'refused', code: 'untrusted' })
  })

  test('a secret of 31 bytes is refused on both sides', async () => {
    const short = 'x'.repeat(31)
    await expect(createMinter({ secret: short, nowSec: clock(noon) })(ana, 900)).rejects.toThrow(RangeError)
    await expect(createVerifier({ secrets: { current: short }, nowSec: clock(noon) })([good])).rejects.toThrow(
      RangeError,
    )
  })

  test('the refusal of a short secret does not quote it', async () => {
    await expect(signingKey('hunter2')).rejects.toThrow(/^(?!.*hunter2)/)
  })
})

describe('several tokens', () => {
  test('S14: a bad header does not hide a good cookie', async () => {
    const verdict = await verify(['garbage', await forged({ exp: noon - 100 }), good])
    expect(verdict.kind === 'ok' && verdict.verified.token).toBe(good)
  })

  test('when none holds, the first refusal is told', async () => {
    expect(await verify([await forged({ exp: noon - 100 }), 'garbage'])).toEqual({ kind: 'refused', code: 'expired' })
  })
})

describe('whatever is presented', () => {
  test('S2: random text is refused without an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        expect((await verify([text])).kind).toBe('refused')
      }),
      { numRuns: 1000 },
    )
  })

  test('S2: well-formed tokens with random heads, claims and signatures are refused without an error', async () => {
    const part = fc.oneof(fc.jsonValue().map(base64url), fc.base64String(), fc.constant(goodHeader))
    await fc.assert(
      fc.asyncProperty(part, part, fc.base64String(), async (header, payload, signature) => {
        expect((await verify([`${header}.${payload}.${signature.replaceAll('=', '')}`])).kind).toBe('refused')
      }),
      { numRuns: 1000 },
    )
  })

  test('any change of one letter in a good token is refused', async () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.='
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: good.length - 1 }), fc.constantFrom(...letters), async (at, letter) => {
        fc.pre(good[at] !== letter)
        const changed = good.slice(0, at) + letter + good.slice(at + 1)
        const verdict = await verify([changed])
        // The last letter of a 32-byte signature holds two bits that decode to nothing; only they may differ.
        if (verdict.kind === 'ok') expect(at).toBe(good.length - 1)
      }),
      { numRuns: 500 },
    )
  })
})

async function forgedWith(alg: string): Promise<string> {
  return new SignJWT(body).setProtectedHeader({ alg }).sign(new TextEncoder().encode(SECRET.repeat(2)))
}

async function forgedCritical(): Promise<string> {
  return new SignJWT(body)
    .setProtectedHeader({ alg: 'HS256', crit: ['b64x'], b64x: true })
    .sign(new TextEncoder().encode(SECRET), { crit: { b64x: true } })
}

function flipped(signature: string): string {
  return (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)
}
