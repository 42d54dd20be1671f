'use client'

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'

export interface PatientSearch {
  readonly text: string
  readonly offset: number
  readonly setText: (text: string) => void
  readonly setOffset: (offset: number) => void
}

const SearchContext = createContext<PatientSearch | undefined>(undefined)

/** Remembers the directory's search while the person looks at a patient and comes back. Not in the address: names do not belong there. */
export function PatientSearchProvider({ children }: { readonly children: ReactNode }) {
  const [{ text, offset }, set] = useState({ text: '', offset: 0 })
  const value = useMemo(
    () => ({
      text,
      offset,
      setText: (next: string) => set({ text: next, offset: 0 }),
      setOffset: (next: number) => set((current) => ({ ...current, offset: next })),
    }),
    [text, offset],
  )
  return <SearchContext value={value}>{children}</SearchContext>
}

export function usePatientSearch(): PatientSearch {
  const search = useContext(SearchContext)
  if (search === undefined) throw new Error('usePatientSearch is used outside PatientSearchProvider')
  return search
}
