import { navigation } from '@sax/topology'
import type { ReactNode } from 'react'
import { PatientSearchProvider } from '../../features/patients/patient-search.tsx'
import { OutreachData } from '../../features/session/outreach-data.tsx'
import { HostShell } from '../../features/shell/host-shell.tsx'
import { roleLabel } from '../../features/shell/role-label.ts'
import { requirePerson } from '../../server/current-person.ts'
import { paths } from '../../server/routing/places.ts'

export default async function ShellLayout({ children }: { readonly children: ReactNode }) {
  const person = await requirePerson(paths.home)
  return (
    <OutreachData key={person.practiceId}>
      <HostShell
        items={navigation.filter(({ role }) => role === undefined || person.roles.includes(role))}
        person={{ name: person.name, email: person.email, roleLabel: roleLabel(person.roles) }}
        practice={{ id: person.practiceId, name: person.practiceName ?? 'Your practice' }}
        signOutHref={paths.signOut}
      >
        <PatientSearchProvider>{children}</PatientSearchProvider>
      </HostShell>
    </OutreachData>
  )
}
