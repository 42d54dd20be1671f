import type { ConversationScreen } from '@sax/api-contract'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { Problem } from '../../shell/problem.ts'
import { StaleNotice } from '../../shell/stale-notice.tsx'
import { useViewer } from '../../shell/viewer.tsx'
import { awaitedPath } from '../../shell/zone-router.ts'
import { Composer } from '../composer/composer.tsx'
import { withWords } from '../composer/message-draft.ts'
import { useMessageDraft } from '../composer/use-message-draft.ts'
import { useInboxNews } from '../data/inbox-news.tsx'
import { keys } from '../data/keys.ts'
import { useOlderMessages } from '../data/screen-queries.ts'
import { useNow } from '../data/use-now.ts'
import { useShortcuts } from '../keyboard/use-shortcuts.ts'
import { useOutgoing } from '../sending/outgoing.tsx'
import type { Outgoing } from '../sending/outgoing-store.ts'
import { ArrivalsRegion } from './arrivals-region.tsx'
import { Company } from './company.tsx'
import { ConsentBanner } from './consent-banner.tsx'
import { useConversationActs } from './conversation-acts.ts'
import { MessagePane } from './message-pane.tsx'
import { PatientsBanner } from './patients-banner.tsx'
import { ThreadHeader } from './thread-header.tsx'
import { threadItems } from './thread-items.ts'
import { ThreadItems } from './thread-items-list.tsx'
import { useClaim } from './use-claim.ts'
import { useMessageActs } from './use-message-acts.ts'
import { usePresence } from './use-presence.ts'
import { useReadMarking } from './use-read-marking.ts'

const HandOverDialog = lazy(async () => ({ default: (await import('./hand-over-dialog.tsx')).HandOverDialog }))
const HelpSheet = lazy(async () => ({ default: (await import('../keyboard/help-sheet.tsx')).HelpSheet }))
const PatientsDialog = lazy(async () => ({ default: (await import('./patients-dialog.tsx')).PatientsDialog }))
const RenameDialog = lazy(async () => ({ default: (await import('./rename-dialog.tsx')).RenameDialog }))

export interface OpenThreadProps {
  readonly screen: ConversationScreen
  /** Why the last refresh failed; undefined: what is shown is up to date. */
  readonly problem: Problem | undefined
  readonly backHref: string
}

/** A conversation that is there: its messages, and where one answers. */
export function OpenThread({ screen, problem, backHref }: OpenThreadProps) {
  const { conversation, messages, notes, presence, colleagues, hasMore, quietHours } = screen
  const { id } = conversation
  const viewer = useViewer()
  const { reached } = useInboxNews()
  const rows = useMemo(() => [conversation], [conversation])
  const nowMs = useNow(rows)
  const acts = useConversationActs()
  const older = useOlderMessages(id)
  const outgoing = useOutgoing(id)
  const { draft, change, kept } = useMessageDraft(id)
  const { unreadFromSeq, leaveUnread } = useReadMarking(screen)
  const { typed } = usePresence(id)
  const claim = useClaim(conversation)
  const field = useRef<HTMLTextAreaElement>(null)
  const [handingOver, setHandingOver] = useState(false)
  const [dialog, setDialog] = useState<'patients' | 'rename' | 'help'>()
  const closeDialog = () => setDialog(undefined)
  // What opened the dialog, a banner, may be gone with what was answered: one goes on writing.
  const backToField = useRef(false)
  const savedPatients = () => {
    backToField.current = true
    setDialog(undefined)
  }
  useEffect(() => {
    if (dialog !== undefined || !backToField.current) return
    backToField.current = false
    // After the dialog, which gives the focus back when it is gone.
    const timer = setTimeout(() => field.current?.focus(), 0)
    return () => clearTimeout(timer)
  }, [dialog])
  const { act, busyId } = useMessageActs()
  useScreenAtChange(id, quietHours.changesAt)
  const markUnread = () => {
    leaveUnread()
    void acts.markUnread(conversation)
  }
  // A key that comes after the one for the next conversation is not meant for the one that is still shown.
  const ifHere = (act: () => void) => () => awaitedPath() === undefined && act()
  useShortcuts({
    answer: ifHere(() => field.current?.focus()),
    archive: ifHere(() => void (conversation.status === 'archived' ? acts.restore : acts.archive)(conversation)),
    unread: ifHere(markUnread),
  })

  const items = useMemo(
    () => threadItems({ messages, notes, outgoing: outgoing.messages, hasMore, unreadFromSeq }),
    [messages, notes, outgoing.messages, hasMore, unreadFromSeq],
  )
  const last = items.at(-1)
  const takeUp = ({ body, templateId, picture }: Pick<Outgoing, 'body' | 'templateId' | 'picture'>) => {
    change(withWords(draft, { text: body, templateId, picture }))
    field.current?.focus()
  }
  const edit = (one: Outgoing) => {
    takeUp(one)
    outgoing.drop(one.clientId)
  }

  return (
    <>
      <ThreadHeader
        conversation={conversation}
        colleagues={colleagues}
        nowMs={nowMs}
        backHref={backHref}
        acts={acts}
        onMarkUnread={markUnread}
        onHandOver={() => setHandingOver(true)}
        onPatients={() => setDialog('patients')}
        onRename={() => setDialog('rename')}
        onHelp={() => setDialog('help')}
      />
      <ConsentBanner
        conversation={conversation}
        seenSeq={messages.at(-1)?.seq ?? 0}
        acts={acts}
        onDecided={() => field.current?.focus()}
      />
      <PatientsBanner conversation={conversation} onChoose={() => setDialog('patients')} />
      {problem === undefined ? null : (
        <div className="px-4 pt-3">
          <StaleNotice problem={problem} />
        </div>
      )}
      <MessagePane
        topKey={messages[0]?.id ?? ''}
        bottomKey={last?.key ?? ''}
        ownAtBottom={last?.kind === 'outgoing' || (last?.kind === 'note' && last.note.authorSaxId === viewer.saxId)}
        hasMore={hasMore}
        older={{ state: older.state, load: () => void older.load() }}
      >
        <ThreadItems
          items={items}
          conversation={conversation}
          writer={viewer.name}
          nowMs={nowMs}
          reached={reached}
          busyId={busyId}
          onAct={(message, what) => void (what === 'writeAgain' ? takeUp({ body: message.body }) : act(message, what))}
          onSendAnyway={(one) =>
            outgoing.send({ ...one, refusal: undefined, seenSeq: messages.at(-1)?.seq ?? one.seenSeq })
          }
          onEdit={edit}
          onDiscard={({ clientId }) => outgoing.drop(clientId)}
        />
      </MessagePane>
      <ArrivalsRegion screen={screen} nowMs={nowMs} />
      <Company conversation={conversation} presence={presence} saxId={viewer.saxId} nowMs={nowMs} />
      <Composer
        screen={screen}
        draft={draft}
        onDraft={change}
        kept={kept}
        field={field}
        nowMs={nowMs}
        onTyped={() => {
          typed()
          claim.typed()
        }}
        onSend={(message) => {
          outgoing.send(message)
          claim.release()
        }}
      />
      {handingOver ? (
        <Suspense>
          <HandOverDialog screen={screen} acts={acts} onClose={() => setHandingOver(false)} />
        </Suspense>
      ) : null}
      {dialog === undefined ? null : (
        <Suspense>
          {dialog === 'patients' ? (
            <PatientsDialog conversation={conversation} acts={acts} onSaved={savedPatients} onClose={closeDialog} />
          ) : dialog === 'rename' ? (
            <RenameDialog conversation={conversation} acts={acts} onClose={closeDialog} />
          ) : (
            <HelpSheet onClose={closeDialog} />
          )}
        </Suspense>
      )}
    </>
  )
}

/** Longest sleep of a browser's timer that we rely on: one hour. */
const LONGEST_WAIT_MS = 3_600_000

/** Loads the screen anew when quiet hours begin or end: only the server knows when they change next. */
function useScreenAtChange(id: string, changesAt: string) {
  const queryClient = useQueryClient()
  const { clock } = useInboxNews()
  useEffect(() => {
    const inMs = Date.parse(changesAt) - clock.nowMs()
    if (inMs < 0 || inMs > LONGEST_WAIT_MS) return
    const timer = setTimeout(() => void queryClient.invalidateQueries({ queryKey: keys.screen(id) }), inMs + 1000)
    return () => clearTimeout(timer)
  }, [queryClient, clock, id, changesAt])
}
