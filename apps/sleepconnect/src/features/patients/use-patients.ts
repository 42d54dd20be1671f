'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useOutreachApi } from '../session/outreach-data.tsx'

/** One page of the practice's patients, by name. The page before stays on the screen until the next one is here. */
export function usePatients({
  search,
  offset,
  limit,
  enabled = true,
}: {
  readonly search: string
  readonly offset: number
  readonly limit: number
  readonly enabled?: boolean
}) {
  const api = useOutreachApi()
  return useQuery({
    queryKey: ['patients', search, offset, limit],
    queryFn: ({ signal }) => api.call('listPatients', { query: { search, offset, limit }, signal }),
    placeholderData: keepPreviousData,
    enabled,
  })
}

export function usePatient(id: string) {
  const api = useOutreachApi()
  return useQuery({
    queryKey: ['patient', id],
    queryFn: async ({ signal }) => (await api.call('getPatient', { params: { id }, signal })).data,
  })
}
