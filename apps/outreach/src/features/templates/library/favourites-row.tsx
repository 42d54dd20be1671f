import type { Template } from '@sax/api-contract'
import { outreachPath } from '@sax/topology'
import { Skeleton } from '@sax/ui/skeleton'
import { Zap } from 'lucide-react'
import { ZoneLink } from '../../shell/zone-link.tsx'
import { usePatientChoice, withPatient } from '../patient-choice.ts'

export interface FavouritesRowProps {
  /** Most used first. Undefined while they load. */
  readonly templates: readonly Template[] | undefined
}

/** What the person uses most, one step away. One line high in each of its states, so that nothing below it moves. */
export function FavouritesRow({ templates }: FavouritesRowProps) {
  return (
    <section aria-labelledby="favourites" className="mb-4">
      <h2 id="favourites" className="mb-1.5 flex items-center gap-1.5 font-semibold text-sm">
        <Zap aria-hidden className="size-4 text-warning" />
        Most used by you
      </h2>
      <div className="flex h-8 items-center">
        {templates === undefined ? <Skeleton className="h-8 w-full max-w-md rounded-lg" /> : null}
        {templates?.length === 0 ? (
          <p className="text-muted-foreground text-sm">Templates you copy are offered here.</p>
        ) : null}
        {templates !== undefined && templates.length > 0 ? <Favourites templates={templates} /> : null}
      </div>
    </section>
  )
}

function Favourites({ templates }: { readonly templates: readonly Template[] }) {
  const { patientId } = usePatientChoice()
  return (
    // The padding keeps focus rings from being cut off; the fade says that there is more to the side.
    <ul className="relative -mx-1 flex min-w-0 flex-1 gap-1.5 overflow-x-auto [scrollbar-width:none] p-1 pe-8 [mask-image:linear-gradient(to_right,black_calc(100%-2rem),transparent)]">
      {templates.map((template) => (
        <li key={template.id} className="shrink-0">
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
  )
}
