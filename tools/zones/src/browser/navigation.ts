import { type DeclaredRoute, judgePage, navigationResult, type ProbeResult } from '@sax/probes'
import { loginPath, outreachPath } from '@sax/topology'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { cookieHeader, VIEWPORT } from './browser.ts'
import { observePage } from './observe.ts'

export interface Picture {
  readonly title: string
  readonly jpeg: Buffer
}

export interface Session {
  readonly context: BrowserContext
  /** For requests that are made beside the browser. */
  readonly cookie: string
}

export interface Places {
  readonly hostUrl: string
  readonly outreachUrl: string
  readonly nowMs: () => number
}

/** Signs somebody in on the page it is given; ends on `path` of the host's name. */
export type SignIn = (page: Page, hostUrl: string, path: string) => Promise<void>

/** Signs somebody in, in a context of their own. */
export async function openSession(browser: Browser, signIn: SignIn, { hostUrl }: Places): Promise<Session> {
  const context = await browser.newContext({ viewport: VIEWPORT })
  const page = await context.newPage()
  await signIn(page, hostUrl, outreachPath('templates'))
  await page.close()
  return { context, cookie: await cookieHeader(context, hostUrl) }
}

export interface Walked {
  readonly results: readonly ProbeResult[]
  readonly pictures: readonly Picture[]
}

/** The checklist's test 4: every declared page in a real browser, and the templates in it. */
export async function walkPages(
  { context }: Session,
  routes: readonly DeclaredRoute[],
  { hostUrl, outreachUrl, nowMs }: Places,
  knownTemplate: string,
): Promise<Walked> {
  const results: ProbeResult[] = []
  const pictures: Picture[] = []
  for (const path of pagesOf(routes)) {
    const startedMs = nowMs()
    try {
      const { observation, picture } = await observePage(context, hostUrl, path, [hostUrl, outreachUrl])
      results.push(judgePage(observation, Math.round(nowMs() - startedMs)))
      pictures.push({ title: path, jpeg: picture })
    } catch (error) {
      const why = error instanceof Error ? error.name : typeof error
      results.push(
        navigationResult(`nav.page:${path}`, `${path} opens in a browser`, [`could not be opened: ${why}`], 0),
      )
    }
  }
  results.push(await templatesListed(context, hostUrl, knownTemplate, nowMs))
  return { results, pictures }
}

/** Pages of the host's name that need no parameter. */
export function pagesOf(routes: readonly DeclaredRoute[]): readonly string[] {
  const declared = routes.filter(
    ({ kind, auth, path, pattern }) => kind === 'page' && auth === 'user' && path === pattern,
  )
  return [...new Set(declared.map(({ path }) => path))]
}

async function templatesListed(
  context: BrowserContext,
  hostUrl: string,
  knownTemplate: string,
  nowMs: () => number,
): Promise<ProbeResult> {
  const title = 'The templates of the practice are on the screen'
  const startedMs = nowMs()
  const page = await context.newPage()
  try {
    await page.goto(hostUrl + loginPath(outreachPath('templates')))
    await page.getByText(knownTemplate, { exact: true }).first().waitFor({ timeout: 15_000 })
    return navigationResult('nav.templates-listed', title, [], Math.round(nowMs() - startedMs))
  } catch {
    const findings = [`"${knownTemplate}" does not appear on the templates page`]
    return navigationResult('nav.templates-listed', title, findings, Math.round(nowMs() - startedMs))
  } finally {
    await page.close()
  }
}
