import type { TemplateCategory, TemplateScope } from '@sax/api-contract'
import { Badge } from '@sax/ui/badge'
import { Button } from '@sax/ui/button'
import { cn } from '@sax/ui/class-names'
import { Dialog, DialogContent } from '@sax/ui/dialog'
import { RelativeTime } from '@sax/ui/relative-time'
import { useState } from 'react'
import type { TemplateFields } from '../fields.ts'
import { categoryName } from '../library/rows.ts'
import { scopeWords } from '../permissions.ts'
import { type Conflict, type ConflictRow, firstChoice, resolved, type Side } from './conflict.ts'

export interface ConflictDialogProps {
  readonly conflict: Conflict
  readonly mine: TemplateFields
  readonly categories: readonly TemplateCategory[]
  /** Saves mine over theirs. */
  readonly onKeepMine: () => void
  readonly onTakeTheirs: () => void
  /** Goes on editing with these fields, on top of theirs. */
  readonly onEditOn: (fields: TemplateFields) => void
  readonly onClose: () => void
}

const labels: Readonly<Record<keyof TemplateFields, string>> = {
  name: 'Name',
  category: 'Category',
  scope: 'Who sees it',
  content: 'Message',
}

/** Two people changed one template: both versions side by side, and three ways on, none of which loses a word. */
export function ConflictDialog(props: ConflictDialogProps) {
  const { conflict, mine, categories, onKeepMine, onTakeTheirs, onEditOn, onClose } = props
  const [choice, setChoice] = useState(() => firstChoice(conflict))
  const { current } = conflict
  const who = current.updatedByName ?? 'Somebody else'
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        size="lg"
        title="This template was changed in the meantime"
        description={
          <>
            <bdi>{who}</bdi> saved another version <RelativeTime value={current.updatedAt} />
            {current.archivedAt === null ? '.' : ', and it is archived now.'} Choose for each field, or take one version
            as a whole. Nothing is lost until you decide.
          </>
        }
        footer={
          <>
            <Button onClick={onTakeTheirs}>Take theirs</Button>
            <Button onClick={onKeepMine}>Keep mine</Button>
            <Button variant="primary" onClick={() => onEditOn(resolved(mine, conflict, choice))}>
              Edit on with the chosen
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          {conflict.rows.map((row) => (
            <ConflictField
              key={row.field}
              row={row}
              chosen={choice[row.field] ?? 'mine'}
              onChoose={(side) => setChoice((now) => ({ ...now, [row.field]: side }))}
              words={(value) => fieldWords(row.field, value, categories)}
              theirsLabel={current.updatedByName ?? 'Theirs'}
            />
          ))}
        </div>
      </DialogContent>
    </Dialog>
  )
}

interface ConflictFieldProps {
  readonly row: ConflictRow
  readonly chosen: Side
  readonly onChoose: (side: Side) => void
  readonly words: (value: string) => string
  readonly theirsLabel: string
}

function ConflictField({ row, chosen, onChoose, words, theirsLabel }: ConflictFieldProps) {
  const sides = [
    { side: 'mine', label: 'Mine', value: row.mine },
    { side: 'theirs', label: theirsLabel, value: row.theirs },
  ] as const
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 flex w-full items-center gap-2 font-semibold text-sm">
        {labels[row.field]}
        {row.changedBy === 'both' ? <Badge tone="warning">Both changed</Badge> : null}
        {row.changedBy === 'theirs' ? <Badge>Only they changed it</Badge> : null}
        {row.changedBy === 'mine' ? <Badge>Only you changed it</Badge> : null}
      </legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {sides.map(({ side, label, value }) => (
          <label
            key={side}
            className={cn(
              'flex min-w-0 cursor-pointer gap-2.5 rounded-lg border p-3 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-ring',
              chosen === side ? 'border-primary bg-accent/40' : 'hover:bg-muted',
            )}
          >
            <input
              type="radio"
              name={`conflict-${row.field}`}
              className="mt-0.5 size-4 shrink-0 accent-primary outline-none"
              checked={chosen === side}
              onChange={() => onChoose(side)}
            />
            <span className="min-w-0 flex-1">
              <bdi className="block font-medium text-muted-foreground text-xs">{label}</bdi>
              <span dir="auto" className="block whitespace-pre-wrap break-words">
                {words(value)}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function fieldWords(field: keyof TemplateFields, value: string, categories: readonly TemplateCategory[]): string {
  if (field === 'category') return categoryName(value, categories)
  return field === 'scope' ? scopeWords[value as TemplateScope].label : value
}
