import { createHash, X509Certificate } from 'node:crypto'

/** Where the stages' names lead. Absent: to the internet, as everywhere. */
export interface WorldSettings {
  /** `127.0.0.1:port` of a listener that stands for every name. */
  readonly connectTo: string | undefined
  /** Certificates (PEM) of the authorities that are trusted there, and no others. */
  readonly trustedPem: string | undefined
}

/** The way to the stages' own names. Names, Host and SNI stay what they are; only the connection leads elsewhere. */
export interface World {
  /** Options of a `node:https` agent; an agent's options win over a request's, so that all of its requests go this way. */
  readonly agentOptions: WorldAgentOptions
  /** Options of one `tls.connect` to `hostname`. */
  readonly tlsOptions: (hostname: string, port?: number) => WorldTlsOptions
  /** Arguments of a Chromium that has to find the same names. */
  readonly chromiumArguments: readonly string[]
}

export interface WorldAgentOptions {
  readonly host?: string
  readonly port?: number
  readonly ca?: string
}

export interface WorldTlsOptions extends WorldAgentOptions {
  readonly host: string
  readonly port: number
  readonly servername: string
}

const HTTPS_PORT = 443

/**
 * The internet, or what stands for it in a rehearsal.
 * @throws TypeError when `trustedPem` holds no certificate
 */
export function createWorld({ connectTo, trustedPem }: WorldSettings): World {
  const agentOptions: WorldAgentOptions = {
    ...(connectTo === undefined ? {} : endOf(connectTo)),
    ...(trustedPem === undefined ? {} : { ca: trustedPem }),
  }
  return {
    agentOptions,
    tlsOptions: (hostname, port = HTTPS_PORT) => ({ host: hostname, port, ...agentOptions, servername: hostname }),
    chromiumArguments: [
      ...(connectTo === undefined ? [] : [`--host-resolver-rules=MAP * ${connectTo}`]),
      ...(trustedPem === undefined ? [] : [`--ignore-certificate-errors-spki-list=${spkiHashes(trustedPem).join()}`]),
    ],
  }
}

function endOf(connectTo: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(`tls://${connectTo}`)
  return { host: hostname, port: Number(port) }
}

/**
 * Chromium trusts a chain that holds a key with one of these hashes, for which the server has to send the authority's
 * certificate along. @source Chromium, content/public/common/content_switches.cc (ignore-certificate-errors-spki-list)
 */
function spkiHashes(pem: string): readonly string[] {
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (certificates === null) throw new TypeError('there is no certificate among the trusted ones')
  return certificates.map((one) =>
    createHash('sha256')
      .update(new X509Certificate(one).publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64'),
  )
}
