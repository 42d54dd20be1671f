import type { Role, UserContext } from '@sax/user-context'

/** How far a person reaches inside their tenant. */
export type Scope = { readonly kind: 'tenant' } | { readonly kind: 'practice'; readonly practiceId: string }

/** Who asks, in the terms every route decides by. Made once per request, from verified claims alone. */
export interface Viewer {
  readonly saxId: number
  readonly name: string
  readonly tenantId: string
  /** The practice the person works in now. */
  readonly practiceId: string
  readonly roles: readonly Role[]
  /** Which patients and shared templates they reach; the same on every route. */
  readonly scope: Scope
}

/** The one place where reach is decided: an administrator's is the tenant, everybody else's the practice of the token. */
export function viewerOf({ saxId, name, tenantId, practiceId, roles }: UserContext): Viewer {
  const scope: Scope = roles.includes('administrator') ? { kind: 'tenant' } : { kind: 'practice', practiceId }
  return { saxId, name, tenantId, practiceId, roles, scope }
}
