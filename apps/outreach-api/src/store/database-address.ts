import type { PoolConfig } from 'pg'

/** Where the database is, and as whom one signs in. */
export type DatabaseAddress =
  /** Connection string of `app_user`, or of a role that may become it. */
  | { readonly kind: 'url'; readonly url: string }
  /** A proxy that keeps connections for functions, and knows them by IAM. */
  | {
      readonly kind: 'proxy'
      readonly host: string
      readonly port: number
      readonly database: string
      readonly user: string
      /** Asked for each new connection. */
      readonly password: () => Promise<string>
    }

/** Longer than any statement of ours may take, shorter than a gateway waits. */
export const STATEMENT_TIMEOUT_MS = 5_000
export const IDLE_TRANSACTION_TIMEOUT_MS = idleTimeoutOf(STATEMENT_TIMEOUT_MS)

/** What node-postgres is told about an address. A proxy knows no `statementTimeoutMs`. */
export function poolConfigOf(address: DatabaseAddress, statementTimeoutMs = STATEMENT_TIMEOUT_MS): PoolConfig {
  if (address.kind === 'url') {
    return {
      connectionString: address.url,
      connectionTimeoutMillis: 2_000,
      idleTimeoutMillis: 30_000,
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: idleTimeoutOf(statementTimeoutMs),
    }
  }
  const { host, port, database, user, password } = address
  return {
    host,
    port,
    database,
    user,
    password,
    // The proxy's certificate is Amazon's own, whose roots Node knows. Never unverified: the password is in the open inside.
    // @source Amazon Aurora User Guide, "Using TLS/SSL with RDS Proxy" (certificates of AWS Certificate Manager)
    ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    // The proxy may have to wait for a connection of its own.
    connectionTimeoutMillis: 5_000,
    // Below the proxy's half an hour; a sandbox that sleeps must not find every connection due when it wakes.
    idleTimeoutMillis: 600_000,
    // No timeouts of statements here: the proxy refuses a connection that begins with one, and a SET would tie the
    // connection to this caller. The role has them. @source "RDS Proxy currently doesn't support the option statement_timeout" (0A000)
  }
}

/** How long an open transaction may have nothing to do. */
function idleTimeoutOf(statementTimeoutMs: number): number {
  return 3 * statementTimeoutMs
}
