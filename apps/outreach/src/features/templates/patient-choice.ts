import { isUuid } from '@sax/user-context'
import { useCallback } from 'react'
import { usePagePath, usePageQuery, useZoneRouter } from '../shell/zone-router.ts'

/** Query parameter that carries the chosen patient from page to page: an id, never a name. */
export const PATIENT_PARAM = 'patient'

/** The chosen patient's id, as the address says it, and how to choose another. */
export function usePatientChoice() {
  const params = usePageQuery()
  const path = usePagePath()
  const router = useZoneRouter()
  const given = params.get(PATIENT_PARAM)
  const patientId = isUuid(given) ? given : undefined
  const choose = useCallback(
    (id: string | undefined) => {
      const next = new URLSearchParams(params)
      if (id === undefined) next.delete(PATIENT_PARAM)
      else next.set(PATIENT_PARAM, id)
      router.changeQuery(next.size === 0 ? path : `${path}?${next}`)
    },
    [params, path, router],
  )
  return { patientId, choose }
}

/** `path` with the chosen patient, so that it survives the next page. */
export function withPatient(path: string, patientId: string | undefined): string {
  if (patientId === undefined) return path
  return `${path}${path.includes('?') ? '&' : '?'}${PATIENT_PARAM}=${encodeURIComponent(patientId)}`
}
