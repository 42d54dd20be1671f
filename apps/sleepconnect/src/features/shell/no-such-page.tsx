import { Button } from '@sax/ui/button'
import { EmptyState } from '@sax/ui/empty-state'
import { SearchX } from 'lucide-react'
import Link from 'next/link'

/** For an address that leads nowhere, inside the shell. */
export function NoSuchPage({ homeHref }: { readonly homeHref: string }) {
  return (
    <div className="page">
      <h1 className="sr-only">Page not found</h1>
      <EmptyState
        icon={<SearchX />}
        title="There is no such page"
        description="The address may have changed. Nothing of your work is lost."
        action={
          <Button asChild>
            <Link href={homeHref}>Go to home</Link>
          </Button>
        }
      />
    </div>
  )
}
