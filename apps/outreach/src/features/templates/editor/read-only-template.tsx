import type { Template, TemplateCategory } from '@sax/api-contract'
import { Card, CardBody } from '@sax/ui/card'
import { Lock } from 'lucide-react'
import { categoryName } from '../library/rows.ts'
import { readOnlyReason } from '../permissions.ts'
import { PreviewPanel } from '../preview/preview-panel.tsx'
import { TemplateText } from '../template-text.tsx'

export interface ReadOnlyTemplateProps {
  readonly template: Template
  readonly categories: readonly TemplateCategory[]
}

/** A template that the person may use but not change, and the reason. */
export function ReadOnlyTemplate({ template, categories }: ReadOnlyTemplateProps) {
  return (
    <div className="grid items-start gap-4 @4xl/page:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)] @4xl/page:gap-6">
      <div className="flex min-w-0 flex-col gap-3">
        {template.archivedAt === null ? (
          <p className="flex items-start gap-2.5 rounded-lg bg-info-soft px-3 py-2 text-info text-sm">
            <Lock aria-hidden className="mt-0.5 size-4 shrink-0" />
            {readOnlyReason(template)}
          </p>
        ) : null}
        <Card>
          <CardBody>
            <dl className="flex flex-col gap-4">
              <div>
                <dt className="text-muted-foreground text-sm">Category</dt>
                <dd>{categoryName(template.category, categories)}</dd>
              </div>
              <div>
                <dt className="text-muted-foreground text-sm">Message</dt>
                <dd dir="auto" className="mt-0.5 whitespace-pre-wrap break-words leading-6">
                  <TemplateText content={template.content} />
                </dd>
              </div>
            </dl>
          </CardBody>
        </Card>
      </div>
      <div className="@4xl/page:sticky @4xl/page:top-18">
        <PreviewPanel content={template.content} templateId={template.id} />
      </div>
    </div>
  )
}
