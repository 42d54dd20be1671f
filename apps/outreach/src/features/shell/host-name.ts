import { useSyncExternalStore } from 'react'
import { useSite } from './viewer.tsx'

/**
 * True when the page was opened under the zone's own name instead of the host's. Only the browser knows: in host routing
 * the zone's server sees its own name for both. False until the page has started.
 */
export function useOnOwnName(): boolean {
  const { hostUrl } = useSite()
  return useSyncExternalStore(
    neverChanges,
    () => window.location.origin !== hostUrl,
    () => false,
  )
}

const neverChanges = () => () => undefined
