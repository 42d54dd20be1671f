import './globals.css'
import { ThemeProvider } from '@sax/ui/theme'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { NONCE_HEADER } from '../server/entry/security-headers.ts'
import { env } from '../server/env.ts'
import { fontClassName } from './fonts.ts'

export const metadata: Metadata = {
  title: { default: 'Outreach · SleepConnect', template: '%s · Outreach' },
  robots: { index: false, follow: false },
  // Numbers in a message preview are text, not links.
  formatDetection: { telephone: false, date: false, address: false, email: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** The document around every page. Reading the request's nonce also makes every page dynamic: none is rendered at build. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined
  return (
    // The theme's script sets the class before React starts, so the two may differ here.
    <html lang="en" className={fontClassName} data-release={env().RELEASE} suppressHydrationWarning>
      <body>
        <ThemeProvider nonce={nonce}>{children}</ThemeProvider>
      </body>
    </html>
  )
}
