import type { Template } from '@sax/api-contract'
import { outreachPath } from '@sax/topology'
import { Button } from '@sax/ui/button'
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@sax/ui/dropdown-menu'
import { Archive, ArchiveRestore, CopyPlus, EllipsisVertical, Pencil } from 'lucide-react'
import { useZoneRouter } from '../shell/zone-router.ts'
import type { useArchiving } from './data/template-acts.ts'
import { usePatientChoice, withPatient } from './patient-choice.ts'

export interface TemplateMenuProps {
  readonly template: Template
  readonly archiving: ReturnType<typeof useArchiving>
  /** False on the template's own page. Default true. */
  readonly withOpen?: boolean
  readonly onArchived?: () => void
}

/** What can be done with a template. */
export function TemplateMenu({ template, archiving, withOpen = true, onArchived }: TemplateMenuProps) {
  const router = useZoneRouter()
  const { patientId } = usePatientChoice()
  const archived = template.archivedAt !== null
  const copyPath = `${outreachPath('templates', 'new')}?${new URLSearchParams({ from: template.id })}`
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Actions for ${template.name}`}
          busy={archiving.busyId === template.id}
        >
          <EllipsisVertical aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        {withOpen ? (
          <MenuItem
            icon={<Pencil />}
            onSelect={() => router.push(withPatient(outreachPath('templates', template.id), patientId))}
          >
            {template.canEdit && !archived ? 'Open and edit' : 'Open'}
          </MenuItem>
        ) : null}
        <MenuItem icon={<CopyPlus />} onSelect={() => router.push(withPatient(copyPath, patientId))}>
          Duplicate
        </MenuItem>
        {template.canEdit ? <MenuSeparator /> : null}
        {template.canEdit && !archived ? (
          <MenuItem icon={<Archive />} onSelect={() => void archiving.archive(template).then(onArchived)}>
            Archive
          </MenuItem>
        ) : null}
        {template.canEdit && archived ? (
          <MenuItem icon={<ArchiveRestore />} onSelect={() => void archiving.restore(template)}>
            Bring back
          </MenuItem>
        ) : null}
      </MenuContent>
    </Menu>
  )
}
