import type { NavigationItem } from '@sax/topology'
import type { UserContext } from '@sax/user-context'
import type { ReactNode } from 'react'
import { PatientSearchProvider } from '../patients/patient-search.tsx'
import { OutreachData } from '../session/outreach-data.tsx'
import { HostShell } from './host-shell.tsx'
import { roleLabel } from './role-label.ts'

export interface SignedInShellProps {
  /** The menu of this stage. */
  readonly navigation: readonly NavigationItem[]
  readonly person: UserContext
  readonly signOutHref: string
  readonly children: ReactNode
}

/** The shell and the data of one person in one practice. A switch of practice starts it afresh. */
export function SignedInShell({ navigation, person, signOutHref, children }: SignedInShellProps) {
  return (
    <OutreachData key={person.practiceId} person={person}>
      <HostShell
        items={navigation.filter(({ role }) => role === undefined || person.roles.includes(role))}
        person={{ name: person.name, email: person.email, roleLabel: roleLabel(person.roles) }}
        practice={{ id: person.practiceId, name: person.practiceName ?? 'Your practice' }}
        signOutHref={signOutHref}
      >
        <PatientSearchProvider>{children}</PatientSearchProvider>
      </HostShell>
    </OutreachData>
  )
}
