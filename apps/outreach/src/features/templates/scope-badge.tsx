import type { Template } from '@sax/api-contract'
import { Badge } from '@sax/ui/badge'
import { Building2, Lock, Users } from 'lucide-react'
import { scopeOf } from './fields.ts'
import { scopeWords } from './permissions.ts'

const icons = { private: <Lock />, practice: <Users />, tenant: <Building2 /> } as const

/** Who sees the template. */
export function ScopeBadge({ template }: { readonly template: Template }) {
  const scope = scopeOf(template)
  return (
    <Badge tone={scope === 'private' ? 'info' : 'neutral'} icon={icons[scope]} title={scopeWords[scope].description}>
      {scopeWords[scope].label}
    </Badge>
  )
}
