import { connect, createServer, type Server, type Socket } from 'node:net'
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import { type Listening, listenOnLoopback } from '../loopback.ts'
import type { CertificateAuthority } from '../tls/certificate-authority.ts'
import type { Administration } from './administration.ts'
import { refusalOfToken, type TokenKeys } from './iam-token.ts'
import {
  ASK_FOR_PASSWORD,
  type FirstPacket,
  fatalError,
  PROTOCOL_3_0,
  readFirstPacket,
  readMessage,
  textOf,
} from './packets.ts'
import { type SignedIn, signIn } from './upstream.ts'

/** What stands behind a name of RDS. */
export interface DatabaseEndpoint {
  readonly kind: 'proxy' | 'cluster'
  readonly host: string
}

export interface DatabaseEndpointsOptions {
  readonly authority: CertificateAuthority
  /** What a name stands for; undefined: RDS gave it to nobody. */
  readonly endpointOf: (name: string) => Promise<DatabaseEndpoint | undefined>
  readonly administration: Administration
  /** Port of the PostgreSQL behind all of them. */
  readonly databasePort: number
  readonly region: string
  readonly keys: TokenKeys
  readonly newNonce: () => string
  /** Hears why a sign-in was refused, which the one who signs in does not. */
  readonly onRefusal: (endpoint: DatabaseEndpoint, why: string) => void
}

/** Every endpoint of RDS listens there, and a token says so. */
const RDS_PORT = 5432
const SIGN_IN_WITHIN_MS = 30_000

/** Startup parameters that are no option. Whether the proxy takes others, the SQL standard's own for one, is unverified. */
const PROXY_TAKES = [
  'user',
  'database',
  'application_name',
  'client_encoding',
  'extra_float_digits',
  'datestyle',
  'timezone',
]

/**
 * The endpoints of RDS on one port of loopback, told apart by the name in the TLS handshake. Both are reached by TLS only.
 * The proxy lets in who brings a token of IAM's and is a member of `rds_iam`; the cluster those as well, and all others by
 * their password. Behind that, the session is PostgreSQL's own, byte by byte.
 * @source Amazon Aurora User Guide, "Troubleshooting for RDS Proxy" (texts of the proxy's refusals) and "IAM database
 * authentication". The SQL states of the proxy's refusals are unverified, but for 0A000.
 */
export async function startDatabaseEndpoints(options: DatabaseEndpointsOptions): Promise<Listening> {
  const open = new Set<Socket>()
  const server: Server = createServer((raw) => {
    open.add(raw)
    raw.once('close', () => open.delete(raw))
    raw.on('error', () => raw.destroy())
    raw.setNoDelay(true)
    serve(raw, options).catch(() => raw.destroy())
  })
  return listenOnLoopback(server, open)
}

async function serve(raw: Socket, options: DatabaseEndpointsOptions): Promise<void> {
  const late = setTimeout(() => raw.destroy(), SIGN_IN_WITHIN_MS)
  try {
    const first = await readFirstPacket(raw)
    if (first?.kind === 'gss') {
      raw.write('N')
      return await serve(raw, options)
    }
    // The old way to cancel is without TLS, at PostgreSQL too: the packet holds a key of its own.
    if (first?.kind === 'cancel') return passCancel(first.bytes, options.databasePort, raw)
    if (first?.kind !== 'ssl') return void refuseWithoutTls(raw, first, options)
    // What came before TLS began is nobody's word. @source CVE-2021-23214
    if (raw.readableLength > 0) return void raw.destroy()
    raw.write('S')
    const secured = await secure(raw, options)
    if (secured !== undefined) await session(secured.socket, secured.endpoint, options)
  } finally {
    clearTimeout(late)
  }
}

/** Without TLS nobody can tell which name was meant: the refusal is the proxy's, for functions go there. */
function refuseWithoutTls(raw: Socket, first: FirstPacket | undefined, options: DatabaseEndpointsOptions): void {
  if (first?.kind !== 'startup') return void raw.destroy()
  options.onRefusal({ kind: 'proxy', host: 'unknown' }, 'no TLS')
  raw.end(fatalError('28000', 'This RDS Proxy requires TLS connections.'))
}

interface Secured {
  readonly socket: TLSSocket
  readonly endpoint: DatabaseEndpoint
}

/** Undefined: no handshake, or for a name that is nobody's. */
function secure(raw: Socket, { authority, endpointOf }: DatabaseEndpointsOptions): Promise<Secured | undefined> {
  return new Promise((resolve) => {
    let endpoint: DatabaseEndpoint | undefined
    const contextOf = async (name: string): Promise<SecureContext | undefined> => {
      endpoint = await endpointOf(name)
      return endpoint === undefined ? undefined : createSecureContext(await authority.certificateFor(name))
    }
    const socket = new TLSSocket(raw, {
      ...{ isServer: true, minVersion: 'TLSv1.2', ALPNProtocols: ['postgresql'] },
      SNICallback: (name, done) => {
        contextOf(name.toLowerCase()).then((context) => done(null, context), done)
      },
    })
    socket.on('error', () => socket.destroy())
    socket.once('close', () => resolve(undefined))
    socket.once('secure', () => resolve(endpoint && { socket, endpoint }))
  })
}

async function session(
  socket: TLSSocket,
  endpoint: DatabaseEndpoint,
  options: DatabaseEndpointsOptions,
): Promise<void> {
  const startup = await readFirstPacket(socket)
  if (startup?.kind === 'cancel') return void passCancel(startup.bytes, options.databasePort, socket)
  if (startup?.kind !== 'startup') return void socket.destroy()
  const end = (why: string, error: Buffer): void => {
    options.onRefusal(endpoint, why)
    socket.end(error)
  }
  const unsupported = endpoint.kind === 'proxy' ? unsupportedBy(startup) : undefined
  if (unsupported !== undefined) return end(unsupported, fatalError('0A000', `Feature not supported: ${unsupported}`))
  socket.write(ASK_FOR_PASSWORD)
  const answer = await readMessage(socket)
  if (answer?.type !== 'p') return void socket.destroy()
  const user = startup.parameters.get('user') ?? ''
  const signedIn = await enter({ endpoint, user, startup: startup.bytes, password: textOf(answer.body) }, options)
  if (signedIn.kind === 'refused') return end(signedIn.why, signedIn.error)
  socket.write(signedIn.authenticationOk)
  join(socket, signedIn.socket)
}

/** What the proxy says about a startup message that it does not take; undefined: it takes it. */
function unsupportedBy({ version, parameters }: Extract<FirstPacket, { kind: 'startup' }>): string | undefined {
  if (version !== PROTOCOL_3_0) return 'RDS Proxy supports only version 3.0 of the PostgreSQL messaging protocol.'
  if (parameters.has('replication')) return "RDS Proxy currently doesn't support streaming replication mode."
  if (parameters.has('options')) return "RDS Proxy currently doesn't support command-line options."
  const option = [...parameters.keys()].find((name) => !PROXY_TAKES.includes(name.toLowerCase()))
  return option && `RDS Proxy currently doesn't support the option ${option}.`
}

interface Entering {
  readonly endpoint: DatabaseEndpoint
  readonly user: string
  readonly startup: Buffer
  readonly password: string
}

type Entered =
  | Extract<SignedIn, { kind: 'open' }>
  | { readonly kind: 'refused'; readonly why: string; readonly error: Buffer }

async function enter(entering: Entering, options: DatabaseEndpointsOptions): Promise<Entered> {
  const { endpoint, user, startup, password } = entering
  const { administration, databasePort: port, newNonce } = options
  const standing = await administration.standingOf(user)
  if (endpoint.kind === 'cluster' && standing !== 'iam') {
    return told(await signIn({ port, startup, password, newNonce }))
  }
  const use = { host: endpoint.host, port: RDS_PORT, user, region: options.region }
  const refusal = await refusalOfToken(password, use, options.keys)
  if (refusal !== undefined) return refused(endpoint, user, `token: ${refusal}`)
  if (standing !== 'iam') return refused(endpoint, user, 'no member of rds_iam')
  const signedIn = await signIn({ port, startup, password: await administration.passwordOf(user), newNonce })
  if (signedIn.kind === 'open' || signedIn.sqlState !== WRONG_PASSWORD) return told(signedIn)
  administration.forgetPasswordOf(user)
  return told(await signIn({ port, startup, password: await administration.passwordOf(user), newNonce }))
}

/** @source PostgreSQL Documentation, "PostgreSQL Error Codes": invalid_password */
const WRONG_PASSWORD = '28P01'

function told(signedIn: SignedIn): Entered {
  return signedIn.kind === 'open' ? signedIn : { ...signedIn, why: `the database said ${signedIn.sqlState}` }
}

/** That PostgreSQL itself speaks of PAM where a cluster looks at a token is as people report it. */
function refused({ kind }: DatabaseEndpoint, user: string, why: string): Entered {
  const message =
    kind === 'proxy'
      ? `The IAM authentication failed for the role ${user}. Check the IAM token for this role and try again.`
      : `PAM authentication failed for user "${user}"`
  return { kind: 'refused', why, error: fatalError('28000', message) }
}

/** From here on neither side is listened to. What the database said last still goes out. */
function join(viewer: TLSSocket, database: Socket): void {
  viewer.once('close', () => database.destroy())
  database.once('close', () => viewer.end())
  viewer.pipe(database).pipe(viewer)
}

function passCancel(packet: Buffer, port: number, socket: Socket): void {
  const database = connect(port, '127.0.0.1', () => database.end(packet))
  database.on('error', () => database.destroy())
  socket.end()
}
