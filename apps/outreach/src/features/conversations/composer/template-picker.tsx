import type { Template } from '@sax/api-contract'
import { Choices } from '@sax/ui/choices'
import { notify } from '@sax/ui/toaster'
import { useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { problemOf } from '../../shell/problem.ts'

const ROWS = 50
const FAVOURITES = 6

export interface TemplatePickerProps {
  /** Whom the message is about; undefined: nobody known, so the patient's variables stay open. */
  readonly patientId: string | undefined
  /** Where it will be sent; undefined: in a conversation that is still to begin. */
  readonly conversationId?: string
  readonly onPick: (text: string, templateId: string) => void
}

/** Templates, the most used first, filled in for the patient. */
export function TemplatePicker({ patientId, conversationId, onPick }: TemplatePickerProps) {
  const api = useApi()
  const [busy, setBusy] = useState(false)

  const search = async (query: string, signal: AbortSignal): Promise<readonly Template[]> => {
    if (query.trim() !== '') {
      return (await api.call('listTemplates', { query: { search: query, limit: ROWS }, signal })).data
    }
    const [favourites, all] = await Promise.all([
      api.call('listFrequentTemplates', { query: { limit: FAVOURITES }, signal }),
      api.call('listTemplates', { query: { limit: ROWS, sort: 'usage' }, signal }),
    ])
    const first = new Set(favourites.data.map(({ id }) => id))
    return [...favourites.data, ...all.data.filter(({ id }) => !first.has(id))]
  }

  const pick = async (template: Template) => {
    if (busy) return
    setBusy(true)
    try {
      const { data } = await api.call('renderTemplate', {
        params: { id: template.id },
        body: {
          ...(patientId === undefined ? {} : { patientId }),
          ...(conversationId === undefined ? {} : { conversationId }),
        },
      })
      onPick(data.text, template.id)
    } catch (error) {
      const { title, description } = problemOf(error)
      notify({ title: `The template was not filled in: ${title.toLowerCase()}`, description, tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }

  return (
    <Choices<Template>
      label="Templates"
      search={search}
      itemKey={({ id }) => id}
      itemLabel={({ name, myUsageCount }) => (myUsageCount > 0 ? `⚡ ${name}` : name)}
      itemDetail={({ content }) => content}
      emptyText="No template matches"
      onSelect={(template) => void pick(template)}
    />
  )
}
