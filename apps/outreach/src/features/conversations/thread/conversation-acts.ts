import type { Conversation } from '@sax/api-contract'
import { ApiError, type EndpointTypes } from '@sax/api-contract/client'
import { notify } from '@sax/ui/toaster'
import { useMemo, useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { problemOf } from '../../shell/problem.ts'
import { useViewer } from '../../shell/viewer.tsx'
import { useInboxNews } from '../data/inbox-news.tsx'

/** What can be done with a conversation as a whole. Undone rather than confirmed. */
export function useConversationActs() {
  const api = useApi()
  const { saxId } = useViewer()
  const { apply, nudge } = useInboxNews()
  const [busy, setBusy] = useState(false)

  const acts = useMemo(() => {
    const run = async (
      act: () => Promise<Conversation>,
      late = { title: 'Somebody was faster', description: 'Look who has it now, and try again.' },
    ): Promise<Conversation | undefined> => {
      setBusy(true)
      try {
        const conversation = await act()
        apply({ conversations: [conversation] }, { mine: true })
        nudge()
        return conversation
      } catch (error) {
        const { title, description } = problemOf(error)
        if (error instanceof ApiError && error.body.code === 'VERSION_CONFLICT') {
          nudge()
          notify({ ...late, tone: 'warning' })
        } else notify({ title: `That did not work: ${title.toLowerCase()}`, description, tone: 'danger' })
        return undefined
      } finally {
        setBusy(false)
      }
    }

    const setStatus = ({ id }: Conversation, status: Conversation['status']) =>
      run(async () => (await api.call('updateConversation', { params: { id }, body: { status } })).data)

    return {
      archive: async (conversation: Conversation) => {
        const archived = await setStatus(conversation, 'archived')
        if (archived === undefined) return
        notify({
          title: 'The conversation is archived',
          action: { label: 'Undo', onSelect: () => void setStatus(archived, 'active') },
        })
      },
      restore: async (conversation: Conversation) => {
        if (await setStatus(conversation, 'active')) notify({ title: 'The conversation is back', tone: 'good' })
      },
      assign: ({ id, coordinatorSaxId }: Conversation, to: number | null, note?: string) =>
        run(
          async () =>
            (
              await api.call('assignConversation', {
                params: { id },
                body: { saxId: to, expectedSaxId: coordinatorSaxId, note: note?.trim() || undefined },
              })
            ).data,
        ),
      markUnread: ({ id }: Conversation) =>
        run(async () => (await api.call('markConversationUnread', { params: { id } })).data),
      rename: ({ id }: Conversation, friendlyName: string | null) =>
        run(async () => (await api.call('updateConversation', { params: { id }, body: { friendlyName } })).data),
      setPatients: ({ id }: Conversation, patientIds: readonly string[], chosenId: string | null) =>
        run(
          async () =>
            (
              await api.call('setConversationPatients', {
                params: { id },
                body: { patientIds: [...patientIds], chosenId },
              })
            ).data,
        ),
      decideConsent: ({ id }: Conversation, body: EndpointTypes['setConversationConsent']['body']) =>
        run(async () => (await api.call('setConversationConsent', { params: { id }, body })).data, {
          title: 'The patient has written again',
          description: 'Read that first, and decide then.',
        }),
    }
  }, [api, apply, nudge])

  return { ...acts, busy, saxId }
}

export type ConversationActs = ReturnType<typeof useConversationActs>
