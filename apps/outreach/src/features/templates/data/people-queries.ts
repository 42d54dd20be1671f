import type { Patient } from '@sax/api-contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useApi } from '../../shell/api.tsx'
import { keys } from './keys.ts'

/** Rows in the patient picker. */
const PICKER_ROWS = 20

/** The chosen patient. Held in memory only; leaves it with the page. */
export function usePatient(id: string | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: keys.patient(id ?? ''),
    queryFn: async ({ signal }) => (await api.call('getPatient', { params: { id: id ?? '' }, signal })).data,
    enabled: id !== undefined,
    staleTime: 60_000,
  })
}

/** Searches patients by name, phone number or date of birth. */
export function usePatientSearch() {
  const api = useApi()
  return useCallback(
    async (query: string, signal: AbortSignal): Promise<readonly Patient[]> =>
      (await api.call('listPatients', { query: { search: query, limit: PICKER_ROWS }, signal })).data,
    [api],
  )
}

/** Remembers a patient who was just picked, so that choosing asks nothing more. */
export function useRememberPatient() {
  const queryClient = useQueryClient()
  return useCallback((patient: Patient) => queryClient.setQueryData(keys.patient(patient.id), patient), [queryClient])
}

/**
 * The practice the person works in, its phone number spelled as the backend fills it into messages. Asked for, and the
 * spelling loaded, only when a message names the number.
 */
export function usePractice(id: string, enabled: boolean) {
  const api = useApi()
  return useQuery({
    queryKey: keys.practices,
    queryFn: async ({ signal }) => {
      const [{ data }, { dialable }] = await Promise.all([
        api.call('listPractices', { signal }),
        import('../preview/dialable.ts'),
      ])
      return data.map((practice) => ({ ...practice, phone: dialable(practice.phone) }))
    },
    enabled,
    staleTime: 5 * 60_000,
    select: (practices) => practices.find((practice) => practice.id === id),
  })
}
