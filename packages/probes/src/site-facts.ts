import type { RoutingMode, ZoneName } from '@sax/topology'

/** A person whose answers are told from another's. */
export interface PersonFacts {
  readonly saxId: number
  readonly tenantId: string
  readonly practiceId: string
  /** Texts that stand in this person's pages and never in the other's: name, practice. */
  readonly markers: readonly string[]
}

/** A route that an application declares, with sample values for its parameters. */
export interface DeclaredRoute {
  readonly zone: ZoneName
  readonly kind: 'page' | 'api'
  readonly method: string
  /** As declared: `/outreach/templates/[id]`. */
  readonly pattern: string
  /** As asked. */
  readonly path: string
  /** `public`: answers anyone. Everything else is refused without a session. */
  readonly auth: 'user' | 'public'
}

/** What the probes have to know of the site they look at. */
export interface SiteFacts {
  readonly routing: RoutingMode
  /** Public base URLs, without a trailing slash. */
  readonly hostUrl: string
  readonly outreachUrl: string
  /** The first is the checklist's coordinator; the second belongs to another tenant. */
  readonly people: { readonly first: PersonFacts; readonly second: PersonFacts }
  readonly routes: readonly DeclaredRoute[]
  /** Name of a template every coordinator of the first person's practice can see: their practice's, or their tenant's. */
  readonly knownTemplate: string
  /** Templates that the first person sees at least. Default: 3. */
  readonly leastTemplates?: number
  /** Resources of which these people have nothing, because they are of nobody. Default: none. */
  readonly emptyResources?: readonly string[]
  /** Services on the way whose lines come too late to be waited for, for example a distribution's. Default: none. */
  readonly silentServices?: readonly string[]
}
