import { Button } from '@sax/ui/button'
import { EmptyState } from '@sax/ui/empty-state'
import { Lock } from 'lucide-react'
import Link from 'next/link'
import { paths } from '../../server/routing/places.ts'

export default function Forbidden() {
  return (
    <div className="page">
      <h1 className="sr-only">Not for your role</h1>
      <EmptyState
        icon={<Lock />}
        title="Your role does not include this page"
        description="Administrators of a practice see it. Ask one of them, or switch to a practice where you are one."
        action={
          <Button asChild>
            <Link href={paths.home}>Go to home</Link>
          </Button>
        }
      />
    </div>
  )
}
