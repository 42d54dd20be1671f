import type { Conversation } from '@sax/api-contract'
import { Badge } from '@sax/ui/badge'
import { Clock, TriangleAlert } from 'lucide-react'
import { responseState, waitedWords } from '../response-state.ts'

export interface ResponseBadgeProps {
  readonly conversation: Pick<Conversation, 'waitingSince' | 'slaWarnAt' | 'slaDueAt'>
  readonly nowMs: number
}

/** How long a patient has been waiting, and whether that is too long. Nothing when nobody waits. */
export function ResponseBadge({ conversation, nowMs }: ResponseBadgeProps) {
  if (conversation.waitingSince === null) return null
  const waited = waitedWords(conversation.waitingSince, nowMs)
  switch (responseState(conversation, nowMs)) {
    case 'ok':
      return <Badge icon={<Clock />}>{`Waiting ${waited}`}</Badge>
    case 'warning':
      return <Badge tone="warning" icon={<Clock />}>{`At risk, ${waited}`}</Badge>
    case 'breached':
      return <Badge tone="danger" icon={<TriangleAlert />}>{`Overdue, ${waited}`}</Badge>
  }
}
