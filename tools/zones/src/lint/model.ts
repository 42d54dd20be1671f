import type { Behavior, Distribution } from '@sax/edge/config'
import type { PathLanguage } from '../paths/path-language.ts'
import type { OpenNextSettings } from './input/open-next.ts'
import type { Matcher } from './input/proxy-file.ts'
import type { LintZone } from './input/zones-file.ts'

/** Everything the rules judge. Pure data: reading files, running configurations and deciding order are done. */
export interface LintModel {
  /** Where the zones are declared. */
  readonly zonesFile: string
  /** Zones that something has to carry; never the host. */
  readonly zones: readonly InspectedZone[]
  /** The host, when it is declared. */
  readonly hostZone: InspectedZone | undefined
  readonly hosts: readonly HostProject[]
  readonly distributions: readonly InspectedDistribution[]
  readonly templates: readonly InspectedTemplate[]
  readonly names: KnownNames
}

export interface InspectedZone extends LintZone {
  /** The bare base path. */
  readonly exact: PathLanguage
  /** Pages below the base path: neither API nor hashed files nor another zone's. */
  readonly pages: PathLanguage
  /** Pages that are named neither like files nor like API routes. */
  readonly plainPages: PathLanguage
  readonly apiRoutes: PathLanguage
  /** Undefined: they are on a host that is not looked at. */
  readonly assets: PathLanguage | undefined
}

/** For each part of a zone, a path that a set shares with it; undefined: none. */
export interface Shares {
  readonly exact: string | undefined
  readonly pages: string | undefined
  readonly plainPages: string | undefined
  readonly api: string | undefined
  readonly assets: string | undefined
}

/** One pattern of an ordered list. */
export interface Claim {
  /** Place in the list, readable: `behaviour 3 /outreach/*`. */
  readonly place: string
  readonly pattern: string
  /** Every path the pattern matches, and those no earlier one has taken. */
  readonly language: PathLanguage
  readonly effective: PathLanguage
  /** What it effectively takes of each zone, by the zone's name. */
  readonly takes: ReadonlyMap<string, Shares>
  /** It takes some of the requests for these paths only. */
  readonly conditional: boolean
}

export interface BehaviorClaim extends Claim {
  readonly behavior: Behavior
}

export interface InspectedDistribution {
  readonly file: string
  /** `host.yaml: HostDistribution` */
  readonly where: string
  readonly distribution: Distribution
  readonly claims: readonly BehaviorClaim[]
  readonly problems: readonly DistributionProblem[]
  /** Stage it belongs to, when its names say so. */
  readonly stage: string | undefined
}

export interface DistributionProblem {
  readonly code: string
  readonly where: string
  readonly behavior: string | undefined
  readonly subject: string
  readonly message: string
}

export type RewritePhase = 'beforeFiles' | 'afterFiles' | 'fallback'

export interface RewriteClaim extends Claim {
  readonly phase: RewritePhase
  /** Paths it matches as it is spelled, were it to count case. */
  readonly spelled: PathLanguage
  readonly destination: Destination
}

/** Where a rewrite leads. */
export interface Destination {
  /** As a person reads it: `$OUTREACH_APP_URL/outreach/:path*`. */
  readonly shown: string
  /** Host name or `$NAME`; undefined: it stays in the host's own application. */
  readonly host: string | undefined
  /** The same with every variable unset; undefined: it has no value then. */
  readonly defaultHost: string | undefined
  /** Path with parameters, as written. */
  readonly path: string
  /** The zone is asked for the very path that the viewer asked for. */
  readonly keepsPath: boolean
  /** Environment variables that went into it. */
  readonly variables: readonly string[]
}

/** A Next.js project: the host's, or a zone's own. */
export interface HostProject {
  readonly file: string
  readonly role: 'host' | 'zone'
  readonly basePath: string
  readonly claims: readonly RewriteClaim[]
  /** What no rewrite takes of each zone, by the zone's name. */
  readonly left: ReadonlyMap<string, Shares>
  readonly unreadable: readonly { readonly place: string; readonly why: string }[]
  readonly proxy: ProxyProject | undefined
  /** Environment variables the configuration asks for, in the order of asking. */
  readonly variables: readonly string[]
  /** Names in the `env` block and the runtime configs, with the variables and hosts their values come from. */
  readonly exposed: readonly { readonly name: string; readonly variables: readonly string[]; readonly text: string }[]
  /** Names in `.env` files. Never values. */
  readonly envFiles: readonly { readonly file: string; readonly names: readonly string[] }[]
  /** Undefined: the project is not built with OpenNext, or leaves it everything. */
  readonly openNext: OpenNextSettings | undefined
  readonly catchAllRoutes: readonly string[]
  /** Paths that somebody declared to need a session, as the proxy has to see them. */
  readonly guarded: readonly string[]
}

export interface ProxyProject {
  readonly file: string
  readonly matcher: Matcher
  /** Whether it takes requests to other hosts, as far as its own text says. */
  readonly carries: 'yes' | 'perhaps' | 'no'
  /** Undefined: the matcher cannot be read. Without conditions; conditional entries count as matching. */
  readonly language: PathLanguage | undefined
  readonly entries: readonly { readonly source: string; readonly language: PathLanguage }[]
}

export interface InspectedTemplate {
  readonly file: string
  readonly resources: readonly {
    readonly logicalId: string
    readonly type: string
    readonly properties: Readonly<Record<string, unknown>>
  }[]
}

/** Names of the site's stages, to recognise one where it does not belong. */
export interface KnownNames {
  /** Host names (or prefixes of a URL, `host/dev`) and the stage each belongs to. */
  readonly stageOf: ReadonlyMap<string, string>
  /** Host names of backends: what only a zone's own routes may ask. */
  readonly backends: ReadonlySet<string>
  /** Names that a CloudFront distribution answers to. */
  readonly distributionNames: ReadonlySet<string>
  readonly functionNames: readonly string[]
  readonly logGroups: readonly string[]
}
