import './globals.css'
import { ThemeProvider } from '@sax/ui/theme'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { theSite } from '../server/site.ts'
import { fontClasses } from './fonts.ts'

export const metadata: Metadata = {
  title: { default: 'SleepConnect', template: '%s · SleepConnect' },
  // A signed-in site has nothing for a search engine, and a phone must not turn record numbers into links.
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false },
}

export const viewport: Viewport = { colorScheme: 'light dark', width: 'device-width', initialScale: 1 }

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    // The theme's script sets the class before React wakes up.
    <html lang="en" className={fontClasses} data-release={theSite().env.RELEASE} suppressHydrationWarning>
      <body>
        <ThemeProvider nonce={nonce}>{children}</ThemeProvider>
      </body>
    </html>
  )
}
