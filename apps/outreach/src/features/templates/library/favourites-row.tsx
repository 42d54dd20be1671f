'use client'

import type { Template } from '@sax/api-contract'
import { outreachPath } from '@sax/topology'
import { Zap } from 'lucide-react'
import { ZoneLink } from '../../shell/zone-link.tsx'
import { usePatientChoice, withPatient } from '../patient-choice.ts'

/** What the person uses most, one step away. Nothing before the first use. */
export function FavouritesRow({ templates }: { readonly templates: readonly Template[] }) {
  const { patientId } = usePatientChoice()
  if (templates.length === 0) return null
  return (
    <section aria-labelledby="favourites" className="mb-4">
      <h2 id="favourites" className="mb-1.5 flex items-center gap-1.5 font-semibold text-sm">
        <Zap aria-hidden className="size-4 text-warning" />
        Most used by you
      </h2>
      <ul className="flex flex-wrap gap-1.5">
        {templates.map((template) => (
          <li key={template.id} className="min-w-0 max-w-full">
            <ZoneLink
              href={withPatient(outreachPath('templates', template.id), patientId)}
              className="focus-ring flex h-8 max-w-72 items-center gap-2 rounded-lg border bg-card px-2.5 transition-colors hover:bg-muted"
            >
              <bdi className="truncate">{template.name}</bdi>
              <span className="text-muted-foreground text-xs tabular-nums">
                {template.myUsageCount}
                <span className="sr-only"> uses</span>
              </span>
            </ZoneLink>
          </li>
        ))}
      </ul>
    </section>
  )
}
