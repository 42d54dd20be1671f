import aws4 from 'aws4'

export interface IamTokenOptions {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly region: string
  readonly credentials: () => {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
  /** Present time in milliseconds since the epoch. */
  readonly nowMs: () => number
}

/** A token lets somebody sign in for so long; a connection that was made with it stays. */
const TOKEN_LIFE_SEC = 900

/**
 * Makes the password of a database user whom IAM vouches for: a signed address, without its scheme. Nobody is asked.
 * @source Amazon RDS User Guide, "Connecting to your DB instance using IAM authentication"; the same for RDS Proxy
 */
export function iamToken({ host, port, user, region, credentials, nowMs }: IamTokenOptions): () => Promise<string> {
  return async () => {
    const query = new URLSearchParams({
      ...{ Action: 'connect', DBUser: user, 'X-Amz-Expires': String(TOKEN_LIFE_SEC) },
      'X-Amz-Date': new Date(nowMs()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    })
    const { path } = aws4.sign(
      { method: 'GET', host: `${host}:${port}`, path: `/?${query}`, service: 'rds-db', region, signQuery: true },
      credentials(),
    )
    return `${host}:${port}${path}`
  }
}
