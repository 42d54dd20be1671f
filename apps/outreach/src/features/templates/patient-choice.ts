'use client'

import { isUuid } from '@sax/user-context'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import { zonePath } from '../shell/soft-path.ts'

/** Query parameter that carries the chosen patient from page to page: an id, never a name. */
export const PATIENT_PARAM = 'patient'

/** The chosen patient's id, as the address says it, and how to choose another. */
export function usePatientChoice() {
  const params = useSearchParams()
  const pathname = usePathname()
  const given = params.get(PATIENT_PARAM)
  const patientId = isUuid(given) ? given : undefined
  const choose = useCallback(
    (id: string | undefined) => {
      const next = new URLSearchParams(params)
      if (id === undefined) next.delete(PATIENT_PARAM)
      else next.set(PATIENT_PARAM, id)
      // Not a navigation: the page keeps everything a person has typed.
      window.history.replaceState(null, '', `${zonePath(pathname)}${next.size === 0 ? '' : `?${next}`}`)
    },
    [params, pathname],
  )
  return { patientId, choose }
}

/** `path` with the chosen patient, so that it survives the next page. */
export function withPatient(path: string, patientId: string | undefined): string {
  if (patientId === undefined) return path
  return `${path}${path.includes('?') ? '&' : '?'}${PATIENT_PARAM}=${encodeURIComponent(patientId)}`
}
