import { outreachPath } from '@sax/topology'
import { Button } from '@sax/ui/button'
import { EmptyState } from '@sax/ui/empty-state'
import { SearchX } from 'lucide-react'
import { ZoneLink } from './zone-link.tsx'

export function NothingHere() {
  return (
    <div className="page">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={<SearchX />}
        title="There is nothing at this address"
        description="It may have been moved, or it belongs to another practice."
        action={
          <Button asChild>
            <ZoneLink href={outreachPath('templates')}>Go to templates</ZoneLink>
          </Button>
        }
      />
    </div>
  )
}
