'use client'

import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { softPath } from './soft-path.ts'

/** Soft navigation in code, with paths as the topology makes them. */
export function useZoneRouter() {
  const router = useRouter()
  return useMemo(
    () => ({
      push: (path: string) => router.push(softPath(path)),
      replace: (path: string) => router.replace(softPath(path)),
    }),
    [router],
  )
}
