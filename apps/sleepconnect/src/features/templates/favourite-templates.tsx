'use client'

import { outreachPath } from '@sax/topology'
import { Button } from '@sax/ui/button'
import { Card, CardBody, CardHeader } from '@sax/ui/card'
import { EmptyState } from '@sax/ui/empty-state'
import { Skeleton } from '@sax/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { MessageSquareText } from 'lucide-react'
import { LoadError } from '../session/load-error.tsx'
import { useOutreachApi } from '../session/outreach-data.tsx'
import { timesUsed } from './times-used.ts'

const SHOWN = 6

export interface FavouriteTemplatesProps {
  /** Each template opens with its preview filled for this patient. */
  readonly patientId?: string
}

/** The templates the person uses most. Their pages belong to another zone: hard links. */
export function FavouriteTemplates({ patientId }: FavouriteTemplatesProps) {
  const query = patientId === undefined ? '' : `?${new URLSearchParams({ patient: patientId })}`
  const api = useOutreachApi()
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['templates', 'frequent', SHOWN],
    queryFn: async () => (await api.call('listFrequentTemplates', { query: { limit: SHOWN } })).data,
  })
  return (
    <Card>
      <CardHeader
        title="Your favourite templates"
        actions={
          <Button asChild size="sm">
            <a href={outreachPath('templates') + query}>All templates</a>
          </Button>
        }
      />
      <CardBody className="min-h-80">
        {error && !data ? (
          <LoadError what="The templates" error={error} onRetry={() => void refetch()} retrying={isFetching} compact />
        ) : data === undefined ? (
          <Rows />
        ) : data.length === 0 ? (
          <EmptyState
            compact
            icon={<MessageSquareText />}
            title="No template used yet"
            description="The ones you send most often will wait here."
          />
        ) : (
          <ul>
            {data.map((template) => (
              <li key={template.id}>
                <a
                  href={outreachPath('templates', template.id) + query}
                  className="focus-ring-inset flex min-h-12 items-center justify-between gap-4 rounded-md px-2 py-1 hover:bg-muted"
                >
                  <span className="min-w-0">
                    <bdi className="block truncate font-medium">{template.name}</bdi>
                    <bdi className="block truncate text-muted-foreground text-sm">{template.content}</bdi>
                  </span>
                  <span className="shrink-0 text-muted-foreground text-sm tabular-nums">
                    {timesUsed(template.myUsageCount)}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  )
}

function Rows() {
  return (
    <ul>
      {Array.from({ length: SHOWN }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move.
        <li key={row} className="flex min-h-12 items-center justify-between gap-4 px-2 py-1">
          <span className="flex-1">
            <Skeleton className="w-40" />
            <Skeleton className="mt-1.5 w-full max-w-72" />
          </span>
          <Skeleton className="w-14" />
        </li>
      ))}
    </ul>
  )
}
