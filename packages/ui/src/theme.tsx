'use client'

import { ThemeProvider as NextThemes } from 'next-themes'
import type { ReactNode } from 'react'

export interface ThemeProviderProps {
  /** Nonce of the page's content security policy, for the script that sets the class before the first paint. */
  readonly nonce?: string | undefined
  readonly children: ReactNode
}

/** Light, dark or the system's choice, remembered in the browser under one key for both zones. */
export function ThemeProvider({ nonce, children }: ThemeProviderProps) {
  return (
    <NextThemes
      attribute="class"
      storageKey="sax-theme"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
    >
      {children}
    </NextThemes>
  )
}
