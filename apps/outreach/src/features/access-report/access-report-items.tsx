import type { Conversation } from '@sax/api-contract'
import { outreachPath } from '@sax/topology'
import { MenuItem, MenuSeparator } from '@sax/ui/dropdown-menu'
import { Eye } from 'lucide-react'
import { useViewer } from '../shell/viewer.tsx'
import { ZoneLink } from '../shell/zone-link.tsx'
import { mayGiveReports } from './may-give-reports.ts'

/** Ways to the access reports of a conversation's patients, for those who may give them out. */
export function AccessReportItems({ id, patients }: Pick<Conversation, 'id' | 'patients'>) {
  const { roles } = useViewer()
  if (!mayGiveReports(roles) || patients.length === 0) return null
  return (
    <>
      <MenuSeparator />
      {patients.map((patient) => (
        <MenuItem key={patient.id} asChild>
          <ZoneLink href={`${outreachPath('patients', patient.id, 'access-report')}?conversation=${id}`}>
            <Eye aria-hidden className="text-muted-foreground" />
            <span className="min-w-0 flex-1">
              {patients.length === 1 ? (
                'Who has seen this'
              ) : (
                <>
                  Who has seen the data of{' '}
                  <bdi>
                    {patient.firstName} {patient.lastName}
                  </bdi>
                </>
              )}
            </span>
          </ZoneLink>
        </MenuItem>
      ))}
    </>
  )
}
