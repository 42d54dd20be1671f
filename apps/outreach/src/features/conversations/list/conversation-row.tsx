import type { Conversation } from '@sax/api-contract'
import { Avatar } from '@sax/ui/avatar'
import { Badge } from '@sax/ui/badge'
import { cn } from '@sax/ui/class-names'
import { later, useLater } from '@sax/ui/later'
import { Ban, CircleHelp, Phone, TriangleAlert } from 'lucide-react'
import { ZoneLink } from '../../shell/zone-link.tsx'
import { shortTime } from '../short-time.ts'
import { shownName } from '../shown-phone.ts'
import { ResponseBadge } from './response-badge.tsx'

export interface ConversationRowProps {
  readonly conversation: Conversation
  readonly href: string
  readonly current: boolean
  readonly nowMs: number
  /** Who looks. */
  readonly saxId: number
  /** Whether rows of several practices stand in the list. */
  readonly practiceShown: boolean
}

/** One conversation of the list: who, what was last said, and whether somebody waits. */
export function ConversationRow({ conversation, href, current, nowMs, saxId, practiceShown }: ConversationRowProps) {
  const { unreadCount, lastMessageAt, consent, coordinatorSaxId, coordinatorName } = conversation
  const { name, named } = shownName(conversation)
  const unread = unreadCount > 0
  return (
    <ZoneLink
      href={href}
      scroll={false}
      data-conversation={conversation.id}
      aria-current={current ? 'page' : undefined}
      className={cn(
        'focus-ring-inset flex gap-3 px-3 py-2 transition-colors',
        current ? 'bg-accent' : 'hover:bg-muted/60',
      )}
    >
      {named ? (
        <Avatar name={name} className={current ? 'bg-card' : undefined} />
      ) : (
        <span
          aria-hidden
          className="flex size-8 shrink-0 items-center justify-center rounded-full bg-muted text-muted-foreground"
        >
          <Phone className="size-4" />
        </span>
      )}
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <bdi className={cn('min-w-0 flex-1 truncate', unread ? 'font-semibold' : 'font-medium')}>{name}</bdi>
          {lastMessageAt === null ? null : (
            <time
              dateTime={lastMessageAt}
              className={cn(
                'shrink-0 text-xs tabular-nums',
                unread ? 'font-semibold text-primary' : 'text-muted-foreground',
              )}
            >
              {shortTime(Date.parse(lastMessageAt), nowMs)}
            </time>
          )}
        </div>
        <div className="mt-0.5 flex items-center gap-2">
          <p
            dir="auto"
            className={cn('min-w-0 flex-1 truncate text-sm', unread ? 'text-foreground' : 'text-muted-foreground')}
          >
            <Preview conversation={conversation} />
          </p>
          {unread ? (
            <span className="flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full bg-primary px-1.5 font-semibold text-primary-foreground text-xs tabular-nums">
              {unreadCount > 99 ? '99+' : unreadCount}
              <span className="sr-only"> unread</span>
            </span>
          ) : null}
        </div>
        {/* Its place is kept while it is empty: a text that arrives must not make the row taller. */}
        <div className="mt-1 flex min-h-5 items-center gap-1.5 overflow-hidden">
          <ResponseBadge conversation={conversation} nowMs={nowMs} />
          {/* A backend of the release before knows none. */}
          {conversation.marks?.urgent || conversation.marks?.negative ? <Moods {...conversation.marks} /> : null}
          {conversation.unsent ? (
            <Badge tone="danger" icon={<TriangleAlert />}>
              Not delivered
            </Badge>
          ) : null}
          {consent === 'opted_out' ? (
            <Badge tone="danger" icon={<Ban />}>
              Opted out
            </Badge>
          ) : null}
          {consent === 'held' ? (
            <Badge tone="warning" icon={<CircleHelp />}>
              Held
            </Badge>
          ) : null}
          {coordinatorName === null ? null : (
            <span className="min-w-0 truncate text-muted-foreground text-xs">
              <span className="sr-only">Assigned to </span>
              {coordinatorSaxId === saxId ? 'You' : coordinatorName}
            </span>
          )}
        </div>
        {practiceShown ? (
          <p className="mt-1 truncate text-muted-foreground text-xs">
            <span className="sr-only">Practice </span>
            <bdi>{conversation.practiceName}</bdi>
          </p>
        ) : null}
      </div>
    </ZoneLink>
  )
}

/** Few stages have a classifier. */
const moodBadges = later(async () => (await import('../mood-badges.tsx')).MoodBadges)

function Moods(marks: Conversation['marks']) {
  const MoodBadges = useLater(moodBadges, true)
  return MoodBadges === undefined ? null : <MoodBadges {...marks} />
}

function Preview({ conversation }: { readonly conversation: Conversation }) {
  const { lastMessagePreview, lastMessageAt, lastMessageDirection } = conversation
  if (lastMessageAt === null) return 'No messages yet'
  const words = lastMessagePreview === '' ? 'Picture' : lastMessagePreview
  return lastMessageDirection === 'outbound' ? (
    <>
      <span className="text-muted-foreground">Us: </span>
      {words}
    </>
  ) : (
    words
  )
}
