import type { Template, TemplateScope } from '@sax/api-contract'
import type { Role } from '@sax/user-context'
import { scopeOf } from './fields.ts'

/** Scopes a person may give a template. The backend decides; the screen offers nothing it would refuse. */
export function allowedScopes(roles: readonly Role[]): readonly TemplateScope[] {
  if (roles.includes('administrator')) return ['private', 'practice', 'tenant']
  return roles.includes('manager') ? ['private', 'practice'] : ['private']
}

export const scopeWords: Readonly<Record<TemplateScope, { readonly label: string; readonly description: string }>> = {
  private: { label: 'Private', description: 'Only you see it' },
  practice: { label: 'Practice', description: 'Everybody in this practice sees it' },
  tenant: { label: 'All practices', description: 'Everybody in every practice sees it' },
}

/** Why a template that `canEdit` forbids is read-only, and what to do instead. */
export function readOnlyReason(template: Template): string {
  return scopeOf(template) === 'tenant'
    ? 'Templates for all practices are written by administrators. Duplicate it to make your own version.'
    : 'Shared templates are written by managers and administrators. Duplicate it to make your own version.'
}
