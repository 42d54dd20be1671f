import { usualChromium } from '@sax/local/chromium'
import { repositoryRoot } from '@sax/local/settings'
import { z } from 'zod'

const schema = z.object({
  /** Chromium to look with. Default: the machine's own, else the one Playwright brings. */
  CHROMIUM_PATH: z.string().min(1).optional(),
  /** Set on build machines. */
  CI: z.string().optional(),
  /** Set by people who want no colours. @source no-color.org */
  NO_COLOR: z.string().optional(),
  /** Set by people who want them where no terminal is, for example in a build's log. @source force-color.org */
  FORCE_COLOR: z.string().optional(),
  /** Region the shell is set to. @source AWS SDKs and Tools Reference Guide, "AWS Region" */
  AWS_REGION: z.string().min(1).optional(),
  AWS_DEFAULT_REGION: z.string().min(1).optional(),
  /** In place of AWS, an emulator. @source AWS SDKs and Tools Reference Guide, "Service-specific endpoints" */
  AWS_ENDPOINT_URL: z.url().optional(),
  /** How often a call is tried in all. Default 8: an account that is being set up asks to slow down now and then. */
  AWS_MAX_ATTEMPTS: z.coerce.number().int().min(1).max(50).default(8),
  /** `address:port` of a DNS server to ask in place of the machine's own. For emulators. */
  SAX_DNS_SERVER: z
    .string()
    .regex(/^[^\s:]+:\d+$/, 'is address:port')
    .optional(),
  /** Folder with the facts and the baselines of stages. Default: this repository. */
  SAX_ACCOUNTS_ROOT: z.string().min(1).optional(),
  /** Milliseconds between two looks at what takes its time. Default 3000; an emulator is faster. */
  SAX_POLL_MS: z.coerce.number().int().min(1).max(60_000).default(3000),
  /** Rehearsals only: every public name of a stage leads to this port of loopback. */
  SAX_CONNECT_TO: z
    .string()
    .regex(/^127\.0\.0\.1:\d+$/, 'is 127.0.0.1:port')
    .optional(),
  /** Rehearsals only: in place of AWS, for the account that `promote` comes from. Default: AWS_ENDPOINT_URL. */
  SAX_FROM_ENDPOINT_URL: z.url().optional(),
  /** Rehearsals only: file with the certificate (PEM) of the authority that signs for those names. */
  SAX_TRUST_CA: z.string().min(1).optional(),
})

export interface Env {
  /** Undefined: the machine has none of its own. */
  readonly chromiumPath: string | undefined
  /** `terminal`: where there is one. */
  readonly colour: 'always' | 'terminal' | 'never'
  /** There, a missing tool is an error and never a reason to leave something out. */
  readonly isBuildMachine: boolean
  /** Undefined: the shell is set to none. */
  readonly shellRegion: string | undefined
  readonly awsEndpoint: string | undefined
  /** Of the account that a release is promoted from. */
  readonly awsEndpointBefore: string | undefined
  readonly awsMaxAttempts: number
  readonly dnsServer: string | undefined
  /** Holds `packages/topology/accounts` and `infra/baselines`. */
  readonly accountsRoot: string
  readonly pollMs: number
  /** Undefined: the stages' names are asked where DNS says they are. */
  readonly rehearsal: { readonly connectTo: string; readonly trustCaFile: string } | undefined
}

/** What the shell says about how to run. No variable names a site: that is an argument. */
export function readEnv(): Env {
  const env = schema.parse(process.env)
  return {
    chromiumPath: env.CHROMIUM_PATH ?? usualChromium(),
    colour: isSet(env.NO_COLOR) ? 'never' : isSet(env.FORCE_COLOR) ? 'always' : 'terminal',
    isBuildMachine: isSet(env.CI) && env.CI !== 'false',
    shellRegion: env.AWS_REGION ?? env.AWS_DEFAULT_REGION,
    awsEndpoint: env.AWS_ENDPOINT_URL,
    awsEndpointBefore: env.SAX_FROM_ENDPOINT_URL ?? env.AWS_ENDPOINT_URL,
    awsMaxAttempts: env.AWS_MAX_ATTEMPTS,
    dnsServer: env.SAX_DNS_SERVER,
    accountsRoot: env.SAX_ACCOUNTS_ROOT ?? repositoryRoot,
    pollMs: env.SAX_POLL_MS,
    rehearsal: rehearsalOf(env.SAX_CONNECT_TO, env.SAX_TRUST_CA),
  }
}

/** One without the other would send a stage's tokens to a stranger, or trust a stranger with a stage's names. */
function rehearsalOf(connectTo: string | undefined, trustCaFile: string | undefined): Env['rehearsal'] {
  if (connectTo === undefined && trustCaFile === undefined) return undefined
  if (connectTo === undefined || trustCaFile === undefined)
    throw new TypeError('SAX_CONNECT_TO and SAX_TRUST_CA are set together, or neither is')
  return { connectTo, trustCaFile }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
