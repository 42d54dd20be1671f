'use client'

import { Badge, type Tone } from '@sax/ui/badge'
import { Button } from '@sax/ui/button'
import { Card } from '@sax/ui/card'
import { LiveRegion } from '@sax/ui/live-region'
import { PageHeader } from '@sax/ui/page-header'
import { RelativeTime } from '@sax/ui/relative-time'
import { Skeleton } from '@sax/ui/skeleton'
import { Table, TBody, Td, THead, Th, Tr } from '@sax/ui/table'
import { CircleCheck, CircleHelp, CircleX, RotateCw, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type PartReport, summary } from './part-report.ts'
import { EVERY_MS, useParts } from './use-parts.ts'

const states: Readonly<
  Record<PartReport['state'], { readonly words: string; readonly tone: Tone; readonly icon: ReactNode }>
> = {
  ok: { words: 'Healthy', tone: 'good', icon: <CircleCheck /> },
  degraded: { words: 'Degraded', tone: 'warning', icon: <TriangleAlert /> },
  away: { words: 'Not answering', tone: 'danger', icon: <CircleX /> },
  unknown: { words: 'Unknown', tone: 'neutral', icon: <CircleHelp /> },
}

/** Each part of the site with its release and health. Keeps itself fresh. */
export function PartsScreen() {
  const { data, refetch } = useParts()
  // Only a check somebody asked for turns the button; the one every few seconds would make it flicker all day.
  const [asked, setAsked] = useState(false)
  const check = async () => {
    setAsked(true)
    await refetch()
    setAsked(false)
  }
  return (
    <div className="page">
      <PageHeader
        title="Administration"
        description={`Parts of the site, asked from this browser every ${EVERY_MS / 1000} seconds.`}
        actions={
          <Button onClick={() => void check()} busy={asked}>
            <RotateCw aria-hidden />
            Check now
          </Button>
        }
      />
      <LiveRegion>{data ? summary(data.parts) : ''}</LiveRegion>
      <Card className="max-w-4xl">
        <Table caption="Parts of the site">
          <THead>
            <Tr>
              <Th>Part</Th>
              <Th>Health</Th>
              <Th>Release</Th>
              <Th align="end">Response time</Th>
            </Tr>
          </THead>
          <TBody>
            {data ? data.parts.map((part) => <PartRow key={part.name} part={part} />) : <PartRowSkeletons />}
          </TBody>
        </Table>
      </Card>
      <p className="mt-3 min-h-5 text-muted-foreground text-sm">
        {data ? (
          <>
            {summary(data.parts)} Checked <RelativeTime value={data.checkedAt} />.
          </>
        ) : null}
      </p>
    </div>
  )
}

function PartRow({ part }: { readonly part: PartReport }) {
  const { words, tone, icon } = states[part.state]
  return (
    <Tr>
      <Td>
        <span className="block font-medium">{part.what}</span>
        <code className="block text-muted-foreground text-xs">{part.name}</code>
      </Td>
      <Td>
        <Badge tone={tone} icon={icon}>
          {words}
        </Badge>
        {part.note ? <span className="mt-0.5 block text-muted-foreground text-xs">{part.note}</span> : null}
      </Td>
      <Td>
        <code className="whitespace-nowrap text-sm">{part.release ?? '–'}</code>
      </Td>
      <Td numeric>{part.responseTimeMs === undefined ? '–' : `${part.responseTimeMs} ms`}</Td>
    </Tr>
  )
}

function PartRowSkeletons() {
  return ['pages', 'zone', 'routes', 'backend'].map((row) => (
    <Tr key={row}>
      <Td>
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-4 w-28" />
      </Td>
      <Td>
        <Skeleton className="h-5 w-20" />
      </Td>
      <Td>
        <Skeleton className="w-16" />
      </Td>
      <Td>
        <Skeleton className="ms-auto w-12" />
      </Td>
    </Tr>
  ))
}
