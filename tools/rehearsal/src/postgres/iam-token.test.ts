import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'
import { expect, test } from 'vitest'
import { refusalOfToken, type TokenRefusal, type TokenUse } from './iam-token.ts'

const noon = Date.UTC(2026, 10, 28, 12)
const use: TokenUse = {
  host: 'p.proxy-1.us-east-1.rds.amazonaws.com',
  port: 5432,
  user: 'app_user',
  region: 'us-east-1',
}
const keyOf = (accessKeyId: string) =>
  accessKeyId === 'ASIA1' ? { secretAccessKey: 'secret', sessionToken: 'session' } : undefined

interface Made {
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
  readonly sessionToken?: string
  readonly service?: string
  readonly region?: string
  readonly host?: string
  readonly action?: string
  readonly user?: string
}

/** As the SDK's signer for RDS makes it. */
async function token(made: Made = {}): Promise<string> {
  const { accessKeyId = 'ASIA1', secretAccessKey = 'secret', sessionToken = 'session' } = made
  const { service = 'rds-db', region = 'us-east-1', host = use.host, action = 'connect', user = 'app_user' } = made
  const credentials = { accessKeyId, secretAccessKey, sessionToken }
  const signer = new SignatureV4({ credentials, region, service, sha256: Hash.bind(null, 'sha256') })
  const { query } = await signer.presign(
    {
      ...{ method: 'GET', protocol: 'https:', hostname: host, port: 5432, path: '/' },
      headers: { host: `${host}:5432` },
      query: { Action: action, DBUser: user },
    },
    { signingDate: new Date(noon), expiresIn: 900 },
  )
  return `${host}:5432/?${new URLSearchParams(query as Record<string, string>)}`
}

const judge = (text: string, nowMs = noon) => refusalOfToken(text, use, { keyOf, nowMs: () => nowMs })

test('a token that the SDK would make is good for fifteen minutes', async () => {
  expect(await judge(await token())).toBeUndefined()
  expect(await judge(await token(), noon + 900_000)).toBeUndefined()
  expect(await judge(await token(), noon + 900_001)).toBe('expired')
  expect(await judge(await token(), noon - 300_001)).toBe('expired')
})

test.each<[what: string, made: Made, refusal: TokenRefusal]>([
  ['another person', { user: 'postgres' }, 'other_use'],
  ['another host', { host: 'q.proxy-1.us-east-1.rds.amazonaws.com' }, 'other_use'],
  ['another service', { service: 'rds' }, 'other_use'],
  ['another region', { region: 'eu-west-1' }, 'other_use'],
  ['another action', { action: 'drop' }, 'other_use'],
  ['a key of nobody', { accessKeyId: 'ASIA2' }, 'unknown_key'],
  ['another session', { sessionToken: 'other' }, 'unknown_key'],
  ['another secret', { secretAccessKey: 'guessed' }, 'wrong_signature'],
])('one for %s is refused: %o', async (_what, made, refusal) => {
  expect(await judge(await token(made))).toBe(refusal)
})

test('one that was changed is refused', async () => {
  const good = await token()
  expect(await judge(good.replace('X-Amz-Expires=900', 'X-Amz-Expires=899'))).toBe('wrong_signature')
  expect(await judge(good.replace(/Signature=./, 'Signature='))).toBe('wrong_signature')
})

test.each(['', 'a password', 'host:5432/?Action=connect', 'host:5432/path?Action=connect', '%'])(
  '%j is no token',
  async (text) => {
    expect(await judge(text)).toBe('malformed')
  },
)
