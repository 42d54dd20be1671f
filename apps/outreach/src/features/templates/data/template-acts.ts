import type { Template } from '@sax/api-contract'
import { notify } from '@sax/ui/toaster'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { isPassing, problemOf } from '../../shell/problem.ts'
import { keys } from './keys.ts'

/** Archiving and bringing back. Undone rather than confirmed: nothing is deleted. */
export function useArchiving() {
  const api = useApi()
  const queryClient = useQueryClient()
  const [busyId, setBusyId] = useState<string>()

  const settle = useCallback(
    async (template: Template) => {
      queryClient.setQueryData(keys.template(template.id), template)
      await queryClient.invalidateQueries({ queryKey: keys.templates })
    },
    [queryClient],
  )

  const run = useCallback(async (id: string, act: () => Promise<void>) => {
    setBusyId(id)
    try {
      await act()
    } catch (error) {
      const { title, description } = problemOf(error)
      notify({ title: `That did not work: ${title.toLowerCase()}`, description, tone: 'danger' })
    } finally {
      setBusyId(undefined)
    }
  }, [])

  const restore = useCallback(
    (template: Template) =>
      run(template.id, async () => {
        const { data } = await api.call('updateTemplate', {
          params: { id: template.id },
          body: { version: template.version, archived: false },
        })
        await settle(data)
        notify({ title: `“${data.name}” is back`, tone: 'good' })
      }),
    [api, run, settle],
  )

  const archive = useCallback(
    (template: Template) =>
      run(template.id, async () => {
        const { data } = await api.call('archiveTemplate', { params: { id: template.id } })
        await settle(data)
        notify({ title: `“${data.name}” is archived`, action: { label: 'Undo', onSelect: () => void restore(data) } })
      }),
    [api, run, settle, restore],
  )

  return { archive, restore, busyId }
}

/** Counts a use. Never in the way of the person: a count that fails is tried once more and then left. */
export function useRecordUse() {
  const api = useApi()
  const queryClient = useQueryClient()
  return useCallback(
    async (templateId: string) => {
      const idempotencyKey = crypto.randomUUID()
      const count = () => api.call('recordTemplateUsage', { params: { id: templateId }, idempotencyKey })
      try {
        await count().catch((error: unknown) => {
          if (isPassing(error)) return count()
          throw error
        })
        await queryClient.invalidateQueries({ queryKey: keys.templates, refetchType: 'none' })
      } catch {
        // The text is on the clipboard, which is what was asked for; a missing count is corrected by the next use.
      }
    },
    [api, queryClient],
  )
}
