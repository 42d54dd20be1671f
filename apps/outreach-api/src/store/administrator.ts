import pg from 'pg'

/** How an administrator reaches the database itself. */
export type AdministratorAddress =
  | { readonly kind: 'url'; readonly url: string }
  | {
      readonly kind: 'cluster'
      readonly host: string
      readonly port: number
      readonly database: string
      readonly user: string
      readonly password: string
      /** Certificates, in PEM, of which one has to vouch for the cluster's. */
      readonly authorities: readonly string[]
    }

/** A connection of an administrator, open. */
export type AdministratorClient = pg.Client

/** One connection, and nothing left open of it. */
export async function asAdministrator<R>(
  address: AdministratorAddress,
  work: (client: AdministratorClient) => Promise<R>,
): Promise<R> {
  const client = new pg.Client({ ...configOf(address), connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined) // a lost connection also fails the query that is under way
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end() // also lets go of locks, and undoes what was not committed
  }
}

/** Whether the database refused name and password. @source PostgreSQL manual, Appendix A "PostgreSQL Error Codes" */
export function isSignInRefused(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code ?? '').startsWith('28')
}

function configOf(address: AdministratorAddress): pg.ClientConfig {
  if (address.kind === 'url') return { connectionString: address.url }
  const { kind: _, authorities, ...config } = address
  return { ...config, ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ca: [...authorities] } }
}
