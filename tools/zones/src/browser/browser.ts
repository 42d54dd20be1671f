import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { browserFlags } from './browser-flags.ts'

export const VIEWPORT = { width: 1440, height: 900 } as const

/**
 * A browser, or a sentence that says why there is none. Default: the one that Playwright brings.
 * @param more arguments beside the usual flags
 */
export async function openBrowser(
  chromiumPath: string = chromium.executablePath(),
  more: readonly string[] = [],
): Promise<Browser | { readonly why: string }> {
  if (!existsSync(chromiumPath)) return { why: `no Chromium at ${chromiumPath}; set CHROMIUM_PATH` }
  return chromium.launch({ executablePath: chromiumPath, args: [...browserFlags, ...more] })
}

/** `Cookie` header a context would send to `url`. */
export async function cookieHeader(context: BrowserContext, url: string): Promise<string> {
  const cookies = await context.cookies(url)
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}
