import type { Template } from '@sax/api-contract'
import { outreachPath } from '@sax/topology'
import { Badge } from '@sax/ui/badge'
import { RelativeTime } from '@sax/ui/relative-time'
import { ZoneLink } from '../../shell/zone-link.tsx'
import type { useArchiving } from '../data/template-acts.ts'
import { scopeOf } from '../fields.ts'
import { usePatientChoice, withPatient } from '../patient-choice.ts'
import { ScopeBadge } from '../scope-badge.tsx'
import { TemplateMenu } from '../template-menu.tsx'
import { TemplateText } from '../template-text.tsx'

export interface TemplateRowProps {
  readonly template: Template
  /** Undefined where the row stands under its category's heading. */
  readonly categoryLabel: string | undefined
  readonly archiving: ReturnType<typeof useArchiving>
}

/** One template of the library: its name leads to it, the rest of the row helps to choose. */
export function TemplateRow({ template, categoryLabel, archiving }: TemplateRowProps) {
  const { patientId } = usePatientChoice()
  return (
    <div className="relative flex items-center gap-3 px-3 py-2 transition-colors hover:bg-muted/60 sm:px-4">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <ZoneLink
            href={withPatient(outreachPath('templates', template.id), patientId)}
            className="focus-ring min-w-0 break-words rounded-sm font-medium after:absolute after:inset-0 after:content-['']"
          >
            <bdi>{template.name}</bdi>
          </ZoneLink>
          {/* Shared within the practice is the rule and is not said on every row. */}
          {scopeOf(template) === 'practice' ? null : <ScopeBadge template={template} />}
          {categoryLabel === undefined ? null : <Badge>{categoryLabel}</Badge>}
        </div>
        <p dir="auto" className="mt-0.5 line-clamp-1 text-muted-foreground text-sm">
          <TemplateText content={template.content} />
        </p>
      </div>
      <dl className="hidden shrink-0 grid-cols-[5rem_7.5rem] gap-x-3 text-end text-muted-foreground text-xs tabular-nums @2xl/list:grid">
        <div>
          <dt className="sr-only">Used</dt>
          <dd>{usesWords(template.usageCount)}</dd>
        </div>
        <div>
          <dt className="sr-only">{template.archivedAt === null ? 'Changed' : 'Archived'}</dt>
          <dd className="relative z-10">
            <RelativeTime value={template.archivedAt ?? template.updatedAt} />
          </dd>
        </div>
      </dl>
      <div className="relative z-10 -me-1.5 shrink-0">
        <TemplateMenu template={template} archiving={archiving} />
      </div>
    </div>
  )
}

function usesWords(count: number): string {
  if (count === 0) return 'Not used'
  return count === 1 ? '1 use' : `${count.toLocaleString('en-US')} uses`
}
