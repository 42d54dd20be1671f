import { timingSafeEqual } from 'node:crypto'
import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'

/** What a token has to be good for. */
export interface TokenUse {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly region: string
}

export interface TokenKeys {
  /** Secret and, for a session's key, the session's token; undefined: nobody's key. */
  readonly keyOf: (accessKeyId: string) => SessionKey | undefined
  readonly nowMs: () => number
}

export interface SessionKey {
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** Why a token lets nobody in. Told to nobody who signs in: AWS does not, either. */
export type TokenRefusal = 'malformed' | 'other_use' | 'unknown_key' | 'expired' | 'wrong_signature'

/** @source Amazon Aurora User Guide, "IAM database authentication": a token is good for 15 minutes */
const LIFETIME_SEC = 900
/** @source IAM User Guide, "Troubleshoot Signature Version 4 signing for AWS API requests" */
const SKEW_MS = 300_000

/**
 * Judges an authentication token: a request to connect, signed in its query, without the scheme. Undefined: it is good.
 * @source Amazon Aurora User Guide, "Connecting to your DB cluster using IAM authentication"
 */
export async function refusalOfToken(
  token: string,
  use: TokenUse,
  { keyOf, nowMs }: TokenKeys,
): Promise<TokenRefusal | undefined> {
  const url = URL.parse(`https://${token}`)
  if (url === null || url.pathname !== '/') return 'malformed'
  const said = Object.fromEntries(url.searchParams)
  const [accessKeyId = '', day, region, service, end] = (said['X-Amz-Credential'] ?? '').split('/')
  const signedAt = dateOf(said['X-Amz-Date'] ?? '')
  const expiresSec = Number(said['X-Amz-Expires'] ?? Number.NaN)
  const isWhole = said['X-Amz-Algorithm'] === 'AWS4-HMAC-SHA256' && said['X-Amz-SignedHeaders'] === 'host'
  if (!isWhole || signedAt === undefined || end !== 'aws4_request' || !(expiresSec > 0)) return 'malformed'
  const isForThis =
    url.host.toLowerCase() === `${use.host.toLowerCase()}:${use.port}` &&
    said.Action === 'connect' &&
    said.DBUser === use.user &&
    service === 'rds-db' &&
    region === use.region
  if (!isForThis || day !== said['X-Amz-Date']?.slice(0, 8)) return 'other_use'
  const key = keyOf(accessKeyId)
  if (key === undefined || key.sessionToken !== said['X-Amz-Security-Token']) return 'unknown_key'
  const ageMs = nowMs() - signedAt.getTime()
  if (ageMs > Math.min(expiresSec, LIFETIME_SEC) * 1000 || ageMs < -SKEW_MS) return 'expired'
  const again = await presigned(use, key, accessKeyId, signedAt, expiresSec)
  const [given, right] = [said['X-Amz-Signature'] ?? '', again]
  const isRight = given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right))
  return isRight ? undefined : 'wrong_signature'
}

async function presigned(
  { host, port, user, region }: TokenUse,
  { secretAccessKey, sessionToken }: SessionKey,
  accessKeyId: string,
  signingDate: Date,
  expiresIn: number,
): Promise<string> {
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
  const signer = new SignatureV4({ credentials, region, service: 'rds-db', sha256: Hash.bind(null, 'sha256') })
  const { query } = await signer.presign(
    {
      ...{ method: 'GET', protocol: 'https:', hostname: host, port, path: '/' },
      headers: { host: `${host}:${port}` },
      query: { Action: 'connect', DBUser: user },
    },
    { signingDate, expiresIn },
  )
  return String(query?.['X-Amz-Signature'])
}

function dateOf(text: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? []
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date
}
