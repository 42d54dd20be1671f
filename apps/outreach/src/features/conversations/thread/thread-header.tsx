import type { Conversation, ConversationScreen } from '@sax/api-contract'
import { Avatar } from '@sax/ui/avatar'
import { Button } from '@sax/ui/button'
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from '@sax/ui/dropdown-menu'
import { useSingleKeys } from '@sax/ui/use-single-keys'
import {
  Archive,
  ArchiveRestore,
  ArrowLeft,
  ChevronDown,
  EllipsisVertical,
  Keyboard,
  MailOpen,
  PenLine,
  UserRound,
  Users,
} from 'lucide-react'
import { AccessReportItems } from '../../access-report/access-report-items.tsx'
import { useViewer } from '../../shell/viewer.tsx'
import { ZoneLink } from '../../shell/zone-link.tsx'
import { ResponseBadge } from '../list/response-badge.tsx'
import { reachesAllPractices } from '../reach.ts'
import { shownName, shownPhone } from '../shown-phone.ts'
import type { ConversationActs } from './conversation-acts.ts'

export interface ThreadHeaderProps {
  readonly conversation: Conversation
  readonly colleagues: ConversationScreen['colleagues']
  readonly nowMs: number
  readonly backHref: string
  readonly acts: ConversationActs
  readonly onMarkUnread: () => void
  readonly onHandOver: () => void
  readonly onPatients: () => void
  readonly onRename: () => void
  readonly onHelp: () => void
}

const NOBODY = 'nobody'

/** Whom one is talking to, whose it is, and what can be done with the whole. */
export function ThreadHeader(props: ThreadHeaderProps) {
  const { conversation, colleagues, nowMs, backHref, acts, onMarkUnread, onHandOver, onPatients, onRename, onHelp } =
    props
  const { patientPhone, patients, coordinatorSaxId, coordinatorName, status } = conversation
  const { name, named } = shownName(conversation)
  const { roles } = useViewer()
  const [singleKeys] = useSingleKeys()
  const archived = status === 'archived'
  return (
    <header className="flex min-h-14 items-center gap-2 border-b bg-card px-3 py-2 sm:px-4">
      <Button asChild variant="ghost" size="icon" className="@3xl/inbox:hidden -ms-1.5">
        <ZoneLink href={backHref} aria-label="Back to the list">
          <ArrowLeft aria-hidden />
        </ZoneLink>
      </Button>
      {named ? <Avatar name={name} className="max-sm:hidden" /> : null}
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-semibold">
          <bdi>{name}</bdi>
        </h2>
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
          <p className="min-w-0 truncate text-muted-foreground text-xs">
            {named ? <span className="tabular-nums">{shownPhone(patientPhone)}</span> : 'Unknown number'}
            {patients.length > 1 ? ` · ${patients.length} patients share it` : null}
            {archived ? ' · Archived' : null}
          </p>
          {reachesAllPractices(roles) ? (
            <p className="min-w-0 truncate text-muted-foreground text-xs">
              <span className="sr-only">Practice </span>
              <bdi>{conversation.practiceName}</bdi>
            </p>
          ) : null}
          <ResponseBadge conversation={conversation} nowMs={nowMs} />
        </div>
      </div>
      <Menu>
        <MenuTrigger asChild>
          <Button size="sm">
            <UserRound aria-hidden />
            <span className="max-w-32 truncate max-sm:sr-only">
              {coordinatorSaxId === null ? null : <span className="sr-only">Assigned to </span>}
              {coordinatorSaxId === acts.saxId ? 'You' : (coordinatorName ?? 'Unassigned')}
            </span>
            <ChevronDown aria-hidden className="size-3.5!" />
          </Button>
        </MenuTrigger>
        <MenuContent className="min-w-56">
          <MenuLabel>Assigned to</MenuLabel>
          <MenuRadioGroup
            value={coordinatorSaxId === null ? NOBODY : String(coordinatorSaxId)}
            onValueChange={(to) => void acts.assign(conversation, to === NOBODY ? null : Number(to))}
          >
            <MenuRadioItem value={String(acts.saxId)}>You</MenuRadioItem>
            {colleagues
              .filter(({ saxId }) => saxId !== acts.saxId)
              .map(({ saxId, name }) => (
                <MenuRadioItem key={saxId} value={String(saxId)}>
                  <bdi>{name}</bdi>
                </MenuRadioItem>
              ))}
            <MenuRadioItem value={NOBODY}>Nobody</MenuRadioItem>
          </MenuRadioGroup>
          <MenuSeparator />
          <MenuItem onSelect={onHandOver}>Hand over with a word</MenuItem>
        </MenuContent>
      </Menu>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="ghost" size="icon" className="size-8" aria-label="More">
            <EllipsisVertical aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent>
          <MenuItem icon={<MailOpen />} shortcut={singleKeys ? 'U' : undefined} onSelect={onMarkUnread}>
            Mark as unread
          </MenuItem>
          <MenuItem icon={<Users />} onSelect={onPatients}>
            Patients behind this number
          </MenuItem>
          <MenuItem icon={<PenLine />} onSelect={onRename}>
            Rename
          </MenuItem>
          {archived ? (
            <MenuItem
              icon={<ArchiveRestore />}
              shortcut={singleKeys ? 'E' : undefined}
              onSelect={() => void acts.restore(conversation)}
            >
              Bring back
            </MenuItem>
          ) : (
            <MenuItem
              icon={<Archive />}
              shortcut={singleKeys ? 'E' : undefined}
              onSelect={() => void acts.archive(conversation)}
            >
              Archive
            </MenuItem>
          )}
          <MenuItem icon={<Keyboard />} onSelect={onHelp}>
            Keyboard and sending
          </MenuItem>
          <AccessReportItems id={conversation.id} patients={patients} />
        </MenuContent>
      </Menu>
    </header>
  )
}
