import type { Message } from '@sax/api-contract'
import { ApiError } from '@sax/api-contract/client'
import { notify } from '@sax/ui/toaster'
import { useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { problemOf } from '../../shell/problem.ts'
import { useInboxNews } from '../data/inbox-news.tsx'

/** What a person does about a message that has not left: send it again, call it off, or not wait any longer. */
export type MessageAct = 'retryMessage' | 'cancelMessage' | 'sendMessageNow'

/** Of a message that the carrier has and did not deliver nothing can be sent twice: its words are a new message's. */
export type BubbleAct = MessageAct | 'writeAgain'

const FAILED: Readonly<Record<MessageAct, string>> = {
  retryMessage: 'It was not sent again',
  cancelMessage: 'It was not called off',
  sendMessageNow: 'It was not sent now',
}

/** Acts on messages that have not left, one at a time. */
export function useMessageActs() {
  const api = useApi()
  const { apply, nudge } = useInboxNews()
  const [busyId, setBusyId] = useState<string>()
  const act = async ({ id }: Message, what: MessageAct) => {
    setBusyId(id)
    try {
      const { data } = await api.call(what, { params: { id } })
      apply({ messages: [data] }, { mine: true })
    } catch (error) {
      const { title, description } = problemOf(error)
      const late = error instanceof ApiError && error.body.code === 'VERSION_CONFLICT'
      notify({ title: late ? FAILED[what] : `${FAILED[what]}: ${title.toLowerCase()}`, description, tone: 'danger' })
    } finally {
      nudge()
      setBusyId(undefined)
    }
  }
  return { act, busyId }
}
