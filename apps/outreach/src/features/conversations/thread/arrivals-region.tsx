import type { ConversationScreen } from '@sax/api-contract'
import { LiveRegion } from '@sax/ui/live-region'
import { useState } from 'react'
import { useViewer } from '../../shell/viewer.tsx'
import { shownName } from '../shown-phone.ts'
import { arrivals } from './arrivals.ts'

export interface ArrivalsRegionProps {
  readonly screen: ConversationScreen
  readonly nowMs: number
}

/** Says what arrives in the open conversation, and nothing of what was there before. */
export function ArrivalsRegion({ screen, nowMs }: ArrivalsRegionProps) {
  const { saxId } = useViewer()
  const { messages, notes, conversation } = screen
  const [heard, setHeard] = useState({ messages, notes, said: [] as readonly string[], turn: 0 })
  if (heard.messages !== messages || heard.notes !== notes) {
    const said = arrivals(heard, screen, { saxId, patientName: shownName(conversation).name, nowMs })
    const turn = heard.turn + 1
    setHeard(said.length === 0 ? { ...heard, messages, notes } : { messages, notes, said, turn })
  }
  return (
    <LiveRegion>
      {/* The same words again are said again. */}
      <span key={heard.turn}>{heard.said.join('. ')}</span>
    </LiveRegion>
  )
}
