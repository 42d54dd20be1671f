import { LiveRegion } from '@sax/ui/live-region'
import { WifiOff } from 'lucide-react'
import type { Problem } from './problem.ts'

export interface StaleNoticeProps {
  /** Why the last refresh failed; undefined: what is shown is up to date. */
  readonly problem: Problem | undefined
}

/** Says that what is shown is older because a part of the site is away. */
export function StaleNotice({ problem }: StaleNoticeProps) {
  return (
    <>
      <LiveRegion>{problem ? `${problem.title}. What you see was loaded earlier.` : ''}</LiveRegion>
      {problem ? (
        <p
          aria-hidden
          className="mb-3 flex items-start gap-2 rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning"
        >
          <WifiOff className="mt-0.5 size-4 shrink-0" />
          <span>
            <strong className="font-semibold">{problem.title}.</strong> What you see was loaded earlier.{' '}
            {problem.description}
          </span>
        </p>
      ) : null}
    </>
  )
}
