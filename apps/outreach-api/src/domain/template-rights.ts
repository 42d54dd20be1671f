import type { TemplateScope } from '@sax/api-contract'
import type { Viewer } from './viewer.ts'

/** Where a template lives: private when it has an owner, otherwise of a practice or, without one, of the tenant. */
export interface TemplatePlace {
  readonly practiceId: string | null
  readonly ownerSaxId: number | null
}

export function scopeOf({ practiceId, ownerSaxId }: TemplatePlace): TemplateScope {
  if (ownerSaxId !== null) return 'private'
  return practiceId === null ? 'tenant' : 'practice'
}

/** Private: its owner. Of a practice: that practice's manager, or an administrator. Of the tenant: an administrator. */
export function mayWrite(viewer: Viewer, place: TemplatePlace): boolean {
  if (place.ownerSaxId !== null) return place.ownerSaxId === viewer.saxId
  if (viewer.roles.includes('administrator')) return true
  return place.practiceId === viewer.practiceId && viewer.roles.includes('manager')
}

/** Where a new template of this scope is put. */
export function newPlace(viewer: Viewer, scope: TemplateScope): TemplatePlace {
  return {
    practiceId: scope === 'tenant' ? null : viewer.practiceId,
    ownerSaxId: scope === 'private' ? viewer.saxId : null,
  }
}

/** Where a template goes when its scope is set: nowhere else, unless the scope really changes. */
export function movedPlace(viewer: Viewer, current: TemplatePlace, scope: TemplateScope | undefined): TemplatePlace {
  return scope === undefined || scope === scopeOf(current) ? current : newPlace(viewer, scope)
}
