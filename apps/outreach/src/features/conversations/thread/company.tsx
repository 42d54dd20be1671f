import type { Conversation, Presence } from '@sax/api-contract'
import { LiveRegion } from '@sax/ui/live-region'
import { Eye, PenLine } from 'lucide-react'

export interface CompanyProps {
  readonly conversation: Conversation
  readonly presence: readonly Presence[]
  readonly saxId: number
  readonly nowMs: number
}

/** Who else is here: two people who answer one patient at once say so before they do. */
export function Company({ conversation, presence, saxId, nowMs }: CompanyProps) {
  const others = presence.filter((one) => one.saxId !== saxId && Date.parse(one.until) > nowMs)
  const typing = others.filter(({ state }) => state === 'typing')
  const { claim } = conversation
  const claimed = claim !== null && claim.saxId !== saxId && Date.parse(claim.until) > nowMs ? claim : undefined
  const words =
    typing.length > 0
      ? `${names(typing)} ${typing.length === 1 ? 'is' : 'are'} writing an answer`
      : claimed !== undefined
        ? `${claimed.name ?? 'A colleague'} is answering`
        : others.length > 0
          ? `${names(others)} ${others.length === 1 ? 'is' : 'are'} looking at this too`
          : ''
  return (
    <>
      <LiveRegion>{words}</LiveRegion>
      {words === '' ? null : (
        <p aria-hidden className="flex items-center gap-1.5 px-4 py-1 text-muted-foreground text-xs">
          {typing.length > 0 || claimed !== undefined ? (
            <PenLine className="size-3.5 text-warning" />
          ) : (
            <Eye className="size-3.5" />
          )}
          {words}
        </p>
      )}
    </>
  )
}

function names(people: readonly Presence[]): string {
  return people.map(({ name }) => name ?? 'A colleague').join(', ')
}
