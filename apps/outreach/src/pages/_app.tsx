import '../document/globals.css'
import { ThemeProvider } from '@sax/ui/theme'
import type { AppProps } from 'next/app'
import Head from 'next/head'
import icon from '../document/favicon.ico'
import { fontVariables } from '../document/fonts.ts'
import { SitePages } from '../features/shell/site-pages.tsx'
import type { PageProps, ZonePage } from '../features/shell/zone-page.tsx'

type OutreachAppProps = Omit<AppProps, 'Component' | 'pageProps'> & {
  readonly Component: ZonePage
  readonly pageProps: Partial<PageProps>
}

export default function OutreachApp({ Component, pageProps: { site, nonce, missing }, router }: OutreachAppProps) {
  const title = missing ? 'Not found' : Component.title
  return (
    <ThemeProvider nonce={nonce}>
      <Head>
        <title>{title === undefined ? 'Outreach · SleepConnect' : `${title} · Outreach`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        {/* Numbers in a message preview are text, not links. */}
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <link rel="icon" href={icon.src} sizes="16x16 32x32 48x48" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: names of fonts, made by the build */}
        <style key="fonts" dangerouslySetInnerHTML={{ __html: fontVariables }} />
      </Head>
      <SitePages site={site ?? undefined} page={Component} missing={missing === true} address={router.asPath} />
    </ThemeProvider>
  )
}
