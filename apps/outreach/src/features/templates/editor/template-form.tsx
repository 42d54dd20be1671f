import type { TemplateCategory } from '@sax/api-contract'
import { Field } from '@sax/ui/field'
import { Input } from '@sax/ui/input'
import { Select } from '@sax/ui/select'
import { useViewer } from '../../shell/viewer.tsx'
import type { FieldProblems } from '../field-problems.ts'
import type { TemplateFields } from '../fields.ts'
import { categoryName } from '../library/rows.ts'
import { allowedScopes, scopeWords } from '../permissions.ts'
import { MessageField } from './message-field.tsx'

export interface TemplateFormProps {
  readonly fields: TemplateFields
  readonly onEdit: (change: Partial<TemplateFields>) => void
  readonly problems: FieldProblems
  /** Undefined while they load. */
  readonly categories: readonly TemplateCategory[] | undefined
}

/** The fields of a template. */
export function TemplateForm({ fields, onEdit, problems, categories }: TemplateFormProps) {
  const { roles } = useViewer()
  const scopes = allowedScopes(roles)
  return (
    <div className="flex flex-col gap-4">
      <Field label="Name" error={problems.name}>
        <Input
          dir="auto"
          value={fields.name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => onEdit({ name: event.target.value })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Category" error={problems.category}>
          <Select
            value={fields.category === '' ? undefined : fields.category}
            onValueChange={(category) => onEdit({ category })}
            placeholder={categories === undefined ? 'Loading' : 'Choose'}
            options={categoryOptions(fields.category, categories ?? [])}
          />
        </Field>
        <Field
          label="Who sees it"
          error={problems.scope}
          hint={scopes.length === 1 ? 'Shared templates are written by managers and administrators.' : undefined}
        >
          <Select
            value={fields.scope}
            disabled={scopes.length === 1}
            onValueChange={(scope) => {
              const chosen = scopes.find((allowed) => allowed === scope)
              if (chosen) onEdit({ scope: chosen })
            }}
            options={scopes.map((scope) => ({ value: scope, ...scopeWords[scope] }))}
          />
        </Field>
      </div>
      <MessageField value={fields.content} onChange={(content) => onEdit({ content })} error={problems.content} />
    </div>
  )
}

/** The categories, and the template's own one even when it is not listed (any more). */
function categoryOptions(own: string, categories: readonly TemplateCategory[]) {
  const options = categories.map(({ slug, name }) => ({ value: slug, label: name }))
  if (own === '' || options.some(({ value }) => value === own)) return options
  return [...options, { value: own, label: categoryName(own, categories) }]
}
