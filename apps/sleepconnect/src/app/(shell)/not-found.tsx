import { Button } from '@sax/ui/button'
import { EmptyState } from '@sax/ui/empty-state'
import { SearchX } from 'lucide-react'
import Link from 'next/link'
import { paths } from '../../server/routing/places.ts'

export default function NotFound() {
  return (
    <div className="page">
      <h1 className="sr-only">Page not found</h1>
      <EmptyState
        icon={<SearchX />}
        title="There is no such page"
        description="The address may have changed. Nothing of your work is lost."
        action={
          <Button asChild>
            <Link href={paths.home}>Go to home</Link>
          </Button>
        }
      />
    </div>
  )
}
