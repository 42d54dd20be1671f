import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useApi } from '../shell/api.tsx'
import { askedTimes, periodProblem, type ReportPeriod } from './report-period.ts'

/** Rows asked for at once: the most that the API gives. */
const PAGE_SIZE = 200

/** Whom the report is about. */
export function useReportedPatient(id: string) {
  const api = useApi()
  return useQuery({
    queryKey: ['access-report', id, 'patient'],
    queryFn: async ({ signal }) => (await api.call('getPatient', { params: { id }, signal })).data,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** The report's rows, newest first. Each answer is on record itself, so it is asked for once and kept. */
export function useAccessReport(id: string, period: ReportPeriod, openedMs: number) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: ['access-report', id, period, openedMs],
    queryFn: ({ pageParam, signal }) =>
      api.call('getAccessReport', {
        params: { id },
        query: { ...askedTimes(period, openedMs), limit: PAGE_SIZE, offset: pageParam },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: ({ pagination: { hasMore, offset, limit } }) => (hasMore ? offset + limit : undefined),
    enabled: periodProblem(period) === undefined,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}
