import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readLocalSite, repositoryRoot } from '@sax/local/settings'
import { people } from '@sax/sample-data'
import type { Colors } from 'picocolors/types'
import { createWireClient } from './asking/http.ts'
import { createLocalAsk } from './asking/local-ask.ts'
import { createTokenMaker } from './asking/tokens.ts'
import { openBrowser } from './browser/browser.ts'
import { verify } from './commands/verify.ts'
import { declaredRoutes } from './declared-routes.ts'
import type { Outcome } from './outcome.ts'
import { createProgress } from './progress.ts'
import { reportHtml } from './report/html.ts'
import { reportTable } from './report/table.ts'
import { outcomeOf, reportJson } from './report/verify-report.ts'
import { contextOf } from './sample-context.ts'

export interface VerifyOptions {
  readonly json?: boolean
  readonly report?: string
  readonly browser: boolean
  readonly dataDir: string
}

export interface VerifySettings {
  /** Chromium to look with; undefined: the one that Playwright brings. */
  readonly chromiumPath: string | undefined
  readonly palette: Colors
  readonly nowMs: () => number
  readonly nowSec: () => number
}

/** `zones verify` on this machine: real sockets, a real browser, the report's files. */
export async function runVerify(
  stage: string,
  options: VerifyOptions,
  { chromiumPath, palette, nowMs, nowSec }: VerifySettings,
): Promise<Outcome> {
  const wire = createWireClient(randomUUID, nowMs)
  const verified = await verify(
    { stage, browser: options.browser },
    {
      site: () => readLocalSite(resolve(options.dataDir)),
      people,
      routes: declaredRoutes(repositoryRoot),
      openBrowser: () => openBrowser(chromiumPath),
      ask: (site, asking, sessions) =>
        createLocalAsk({
          site,
          people: {
            first: contextOf(asking.first),
            second: contextOf(asking.second),
            administrator: contextOf(asking.administrator),
          },
          tokens: createTokenMaker(site.userContextSecret, nowSec),
          wire,
          sessionOf: sessions,
          nowMs,
        }),
      progress: createProgress(options.json ? 'silent' : process.stdout.isTTY ? 'default' : 'simple'),
      nowMs,
    },
  )
  wire.close()
  if (verified.kind !== 'verified') return verified
  const { report } = verified
  if (options.report !== undefined) {
    const folder = resolve(options.report)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'index.html'), reportHtml(report, new Date()))
    writeFileSync(join(folder, 'report.json'), reportJson(report))
  }
  const text = options.json ? reportJson(report) : reportTable(report, palette)
  return outcomeOf(report, text, !options.browser)
}
