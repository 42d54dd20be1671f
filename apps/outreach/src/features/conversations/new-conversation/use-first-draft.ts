import type { Patient } from '@sax/api-contract'
import { browserStorage } from '@sax/ui/browser-storage'
import { useState } from 'react'
import { problemOf } from '../../shell/problem.ts'
import { useViewer } from '../../shell/viewer.tsx'
import { usePatient, useRememberPatient } from '../../templates/data/people-queries.ts'
import { useKept } from '../composer/use-kept.ts'
import {
  type Attempt,
  emptyFirstDraft,
  type FirstDraft,
  firstDraftKey,
  keepFirstDraft,
  parseFirstDraft,
} from './first-draft.ts'

const keeping = { parse: parseFirstDraft, keep: keepFirstDraft }

/** Whom a first message is for, of those that are known by name. */
export type Recipient =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'patient'; readonly patient: Patient }
  /** The patient of a kept draft is being asked for. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'problem'; readonly words: string }

/** The first message that the person has under way, and what was there when the dialog opened. */
export function useFirstDraft() {
  const key = firstDraftKey(useViewer())
  const { value: draft, change, kept } = useKept(key, keeping)
  const [found] = useState(draft.text !== '')
  const [discarded, setDiscarded] = useState<FirstDraft>()
  const remember = useRememberPatient()
  const asked = usePatient(draft.patientId)

  /** Another message, or for somebody else: what was tried before is no part of it. */
  const write = (more: Partial<Omit<FirstDraft, 'attempt'>>) => {
    setDiscarded(undefined)
    change({ ...draft, ...more, attempt: undefined })
  }
  const removed = () => kept && draft.text.trim() !== '' && browserStorage().getItem(key) === null
  return {
    draft,
    kept,
    /** Whether it was begun before the dialog opened. */
    found,
    recipient: recipientOf(draft.patientId, asked),
    write,
    choose: (patient: Patient | null) => {
      if (patient !== null) remember(patient)
      write({ patientId: patient?.id })
    },
    /** The ids to send it under: those of the last attempt, when it was the same. */
    attempt: (scheduledFor: string | undefined): Attempt => {
      if (draft.attempt !== undefined && draft.attempt.scheduledFor === scheduledFor) return draft.attempt
      const made = { conversationKey: crypto.randomUUID(), messageId: crypto.randomUUID(), scheduledFor }
      change({ ...draft, attempt: made })
      return made
    },
    /** Somebody has removed it since it was sent off, here or in another tab: nothing brings it back. */
    removed,
    /** What was tried cannot succeed as it is. */
    refused: () => {
      if (!removed()) change({ ...draft, attempt: undefined })
    },
    /** It was sent, or is kept elsewhere. What somebody has written since then, in this dialog opened anew, stays. */
    done: () => {
      if (isSame(parseFirstDraft(browserStorage().getItem(key)), draft)) change(emptyFirstDraft)
    },
    discarded: discarded !== undefined,
    discard: () => {
      setDiscarded(draft)
      change(emptyFirstDraft)
    },
    undo: () => {
      if (discarded !== undefined) change(discarded)
      setDiscarded(undefined)
    },
  }
}

function recipientOf(id: string | undefined, { data, error }: ReturnType<typeof usePatient>): Recipient {
  if (id === undefined) return { kind: 'nobody' }
  if (data?.id === id) return { kind: 'patient', patient: data }
  if (error === null) return { kind: 'loading' }
  const problem = problemOf(error)
  const words = problem.status === 404 ? 'The patient it was for is not here any more. Choose one.' : problem.title
  return { kind: 'problem', words }
}

function isSame(one: FirstDraft, other: FirstDraft): boolean {
  return one.text === other.text && one.phone === other.phone && one.patientId === other.patientId
}
