import { existsSync } from 'node:fs'
import type { Browser, BrowserContext } from 'playwright-core'
import { browserFlags } from './browser-flags.ts'

export const VIEWPORT = { width: 1440, height: 900 } as const

/**
 * A browser, or a sentence that says why there is none. Default: the one that Playwright brings.
 * @param more arguments beside the usual flags
 */
export async function openBrowser(
  chromiumPath?: string,
  more: readonly string[] = [],
): Promise<Browser | { readonly why: string }> {
  // A release looks too, without a browser, and need not wait for the driver of one.
  const { chromium } = await import('playwright-core')
  const executablePath = chromiumPath ?? chromium.executablePath()
  if (!existsSync(executablePath)) return { why: `no Chromium at ${executablePath}; set CHROMIUM_PATH` }
  return chromium.launch({ executablePath, args: [...browserFlags, ...more] })
}

/** `Cookie` header a context would send to `url`. */
export async function cookieHeader(context: BrowserContext, url: string): Promise<string> {
  const cookies = await context.cookies(url)
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}
