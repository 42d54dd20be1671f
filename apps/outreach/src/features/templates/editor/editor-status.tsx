import { Button } from '@sax/ui/button'
import { RelativeTime } from '@sax/ui/relative-time'
import { CircleAlert, History, Users, WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SaveState } from './use-save.ts'
import type { TemplateDraft } from './use-template-draft.ts'

export interface EditorStatusProps {
  readonly draft: TemplateDraft
  readonly saveState: SaveState
  readonly onStop: () => void
}

/** What a person must know about the text on the screen: restored, overtaken, not saved yet, refused. */
export function EditorStatus({ draft, saveState, onStop }: EditorStatusProps) {
  return (
    <div className="flex flex-col gap-2 empty:hidden" aria-live="polite">
      {draft.restoredAtMs === undefined ? null : (
        <Strip
          tone="info"
          icon={<History />}
          action={
            <Button size="sm" onClick={draft.discard}>
              Discard draft
            </Button>
          }
        >
          <strong className="font-semibold">Draft restored.</strong> You wrote this{' '}
          <RelativeTime value={new Date(draft.restoredAtMs).toISOString()} /> and did not save it.
        </Strip>
      )}
      {draft.overtaken && draft.changed && saveState.kind !== 'conflict' ? (
        <Strip tone="info" icon={<Users />}>
          Somebody else saved this template while you were writing. Saving shows you both versions.
        </Strip>
      ) : null}
      {saveState.kind === 'waiting' ? (
        <Strip
          tone="warning"
          icon={<WifiOff />}
          action={
            <Button size="sm" onClick={onStop}>
              Stop trying
            </Button>
          }
        >
          <strong className="font-semibold">Not saved yet.</strong> {saveState.problem.title}. Your text is kept, and
          saving goes on by itself.
        </Strip>
      ) : null}
      {saveState.kind === 'refused' ? (
        <Strip tone="danger" icon={<CircleAlert />}>
          <strong className="font-semibold">Not saved. {saveState.problem.title}.</strong>{' '}
          {saveState.problem.description} Your text is kept.
          {saveState.problem.requestId === '' ? null : (
            <span className="block text-xs">
              Request <code className="select-all break-all">{saveState.problem.requestId}</code>
            </span>
          )}
        </Strip>
      ) : null}
      {draft.changed && !draft.kept ? (
        <Strip tone="warning" icon={<CircleAlert />}>
          This browser keeps no drafts. Save before you leave the page.
        </Strip>
      ) : null}
    </div>
  )
}

const tones = {
  info: 'bg-info-soft text-info',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
} as const

interface StripProps {
  readonly tone: keyof typeof tones
  readonly icon: ReactNode
  readonly action?: ReactNode
  readonly children: ReactNode
}

function Strip({ tone, icon, action, children }: StripProps) {
  return (
    <div className={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg px-3 py-2 text-sm ${tones[tone]}`}>
      <span aria-hidden className="flex [&_svg]:size-4">
        {icon}
      </span>
      <p className="min-w-0 flex-1 basis-56">{children}</p>
      {action}
    </div>
  )
}
