import type { Template } from '@sax/api-contract'
import { type ApiClient, ApiError } from '@sax/api-contract/client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { type Problem, problemOf } from '../../shell/problem.ts'
import { pauseWith, saveUntilAnswered } from '../../shell/save-until-answered.ts'
import { type Conflict, conflictBetween, currentOf } from '../conflict/conflict.ts'
import { keys } from '../data/keys.ts'
import { type FieldProblems, refusedFields } from '../field-problems.ts'
import { change, creation, type TemplateBase, type TemplateFields } from '../fields.ts'
import { type Intention, intentionFor } from './draft-store.ts'

export type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  /** No server answers; the save goes on trying. */
  | { readonly kind: 'waiting'; readonly problem: Problem }
  | { readonly kind: 'refused'; readonly problem: Problem; readonly fields: FieldProblems }
  | { readonly kind: 'conflict'; readonly conflict: Conflict }

export interface SaveInput {
  readonly fields: TemplateFields
  /** Null: create. */
  readonly base: TemplateBase | null
  /** Id of the stored template; undefined: create. */
  readonly id: string | undefined
  readonly intention: Intention | undefined
  readonly onIntention: (intention: Intention) => void
  readonly onSaved: (template: Template) => void
}

/** Saving, with everything that can come of it. */
export function useSave() {
  const api = useApi()
  const queryClient = useQueryClient()
  const [state, setState] = useState<SaveState>({ kind: 'idle' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const save = async (input: SaveInput) => {
    const controller = new AbortController()
    running.current?.abort()
    running.current = controller
    setState({ kind: 'saving' })
    const settle = (template: Template) => {
      queryClient.setQueryData(keys.template(template.id), template)
      void queryClient.invalidateQueries({ queryKey: keys.templates })
      setState({ kind: 'idle' })
      input.onSaved(template)
    }
    try {
      settle(
        await saveUntilAnswered({
          attempt: request(api, input, controller.signal),
          onWaiting: (error) => setState({ kind: 'waiting', problem: problemOf(error) }),
          pause: pauseWith(controller.signal),
        }),
      )
    } catch (error) {
      if (controller.signal.aborted) return
      const current = error instanceof ApiError ? currentOf(error.body) : undefined
      if (current && input.base) {
        const conflict = conflictBetween(input.base, input.fields, current)
        // Both wrote the same, or it was my own save whose answer was lost on the way.
        if (conflict.rows.length === 0) return settle(current)
        return setState({ kind: 'conflict', conflict })
      }
      const details = error instanceof ApiError ? error.body.details : undefined
      setState({ kind: 'refused', problem: problemOf(error), fields: refusedFields(details) })
    }
  }

  return {
    state,
    save,
    /** Stops waiting for a server, or puts a shown refusal or conflict away. The text stays. */
    stop: () => {
      running.current?.abort()
      setState({ kind: 'idle' })
    },
  }
}

/** The request of one intention: every attempt is the same, down to its key. */
function request(api: ApiClient, input: SaveInput, signal: AbortSignal): () => Promise<Template> {
  const { fields, base, id } = input
  if (id !== undefined && base !== null) {
    const body = change(base, fields)
    return async () => (await api.call('updateTemplate', { params: { id }, body, signal })).data
  }
  const body = creation(fields)
  const intention = intentionFor(body, input.intention, () => crypto.randomUUID())
  if (intention !== input.intention) input.onIntention(intention)
  return async () => (await api.call('createTemplate', { body, signal, idempotencyKey: intention.key })).data
}
