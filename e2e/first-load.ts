import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { type Browser, chromium } from '@playwright/test'
import { withPart } from '@sax/local/performance-parts'
import { repositoryRoot } from '@sax/local/settings'
import { outreach, outreachPath } from '@sax/topology'
import { browserFlags } from '@sax/zones/browser-flags'
import { z } from 'zod'
import { env } from './env.ts'
import { beginConversation, forgetPhones, newPhone } from './site/conversations.ts'
import { dataDirOf } from './site/data-dir.ts'
import { type FirstLoad, kilobytes, type LoadedScript, measureFirstLoad } from './site/first-load.ts'
import { dana } from './site/people.ts'
import { sessionState } from './site/session-states.ts'
import { startFresh } from './site/site-under-test.ts'

/** What the first load of the inbox costs, into docs/performance.md: `npm run first-load`. */
const PAGE = join(repositoryRoot, 'docs', 'performance.md')
const BUILT = join(repositoryRoot, 'apps', 'outreach', '.next')
const ROUNDS = 9
const AIM_KB = 120

interface Studio {
  readonly browser: Browser
  readonly hostUrl: string
  readonly dataDir: string
}

/** Opens a page again and again, each time in a browser that has nothing of it. */
async function loads({ browser, hostUrl, dataDir }: Studio, path: string, selector: string): Promise<FirstLoad[]> {
  const storageState = await sessionState(browser, hostUrl, dana, dataDir)
  const measured: FirstLoad[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } })
    measured.push(await measureFirstLoad(await context.newPage(), hostUrl + path, selector))
    await context.close()
  }
  return measured
}

const buildManifest = z.object({ pages: z.object({ '/_app': z.array(z.string()).nonempty() }) })

/** Names of the scripts that every page of the zone begins with: Preact, Next.js and the frame around the pages. */
function scriptsOfEveryPage(): readonly string[] {
  return buildManifest.parse(JSON.parse(readFileSync(join(BUILT, 'build-manifest.json'), 'utf8'))).pages['/_app']
}

/** A row of the table: as transferred, and as other ways of compressing would have it. */
function row(what: string, scripts: readonly LoadedScript[]): string {
  const raw = scripts.map(({ path }) => readFileSync(join(BUILT, path.slice(path.indexOf('/static/') + 1))))
  const all = (size: (bytes: Buffer) => number) => raw.reduce((sum, bytes) => sum + size(bytes), 0) / 1000
  const cells = [
    kilobytes(scripts),
    all((bytes) => gzipSync(bytes, { level: 6 }).length),
    all((bytes) => brotliCompressSync(bytes).length),
    all((bytes) => bytes.length),
  ]
  return `| ${what} | ${scripts.length} | ${cells.map((value) => value.toFixed(1)).join(' | ')} |`
}

function rowsOf(what: string, measured: readonly FirstLoad[]): readonly string[] {
  const [load] = measured
  if (load === undefined) throw new Error('nothing was measured')
  const everywhere = scriptsOfEveryPage()
  const isEverywhere = ({ path }: LoadedScript) => everywhere.some((name) => path.endsWith(name))
  return [
    row(`${what}, until it can be used`, load.first),
    row('of these what every page of the zone has', load.first.filter(isEverywhere)),
    row(
      'of these its own',
      load.first.filter((script) => !isEverywhere(script)),
    ),
    row(`${what}, afterwards, while idle`, load.later),
  ]
}

function times(what: string, measured: readonly FirstLoad[]): string {
  const sorted = measured.map(({ visibleMs }) => Math.round(visibleMs)).toSorted((one, other) => one - other)
  return `| ${what} | ${sorted[0]} | ${sorted[Math.floor(sorted.length / 2)]} | ${sorted.at(-1)} |`
}

forgetPhones()
const dataDir = dataDirOf('first-load')
const { site, stop } = await startFresh({ built: 'now', dataDir, index: 3, routing: 'host', release: 'first-load' })
// After the build, if there was one: what it left behind slows down what is measured.
const loadBefore = loadavg()[0] ?? 0
const browser = await chromium.launch({ executablePath: env().CHROMIUM_PATH, args: browserFlags })
try {
  const studio: Studio = { browser, hostUrl: site.urls.host, dataDir }
  const signedIn = await browser.newContext({
    storageState: await sessionState(browser, studio.hostUrl, dana, dataDir),
  })
  const { id } = await beginConversation(await signedIn.newPage(), studio.hostUrl, { phone: newPhone() })
  const list = await loads(studio, outreachPath('conversations'), '[data-conversation]')
  const thread = await loads(studio, outreachPath('conversations', id), 'section[aria-label="Messages"]')
  const part = [
    '## The inbox in an empty browser',
    '',
    'Written by `npm run first-load`.',
    '',
    `${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, Chromium ${browser.version()}. Load before the run ${loadBefore.toFixed(1)}.`,
    '',
    `Host routing, production build, nothing in the browser's cache, ${ROUNDS} times each. kB are 1,000 bytes of ${outreach.name}'s scripts without headers. What counts is the first column: as the front door sends them, by Brotli at its level 4; CloudFront sends Brotli too and does not say its level. The other columns are the same files by gzip at level 6, by Brotli at its highest level, and as they are.`,
    '',
    '| scripts | files | kB | kB gzip | kB Brotli 11 | kB raw |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rowsOf('list', list),
    ...rowsOf('conversation', thread),
    '',
    `Aim: ${AIM_KB} kB until the list can be used; ${kilobytes(list[0]?.first ?? []) < AIM_KB ? 'held' : 'missed'}. [Decision 48](decisions/0048-the-zones-pages-run-on-preact.md) has how.`,
    '',
    'From the beginning of the navigation until it is painted and can be used; aim below 1,000 ms.',
    '',
    '| what | best ms | median ms | worst ms |',
    '| --- | ---: | ---: | ---: |',
    times('list', list),
    times('conversation', thread),
  ].join('\n')
  writeFileSync(PAGE, withPart(readFileSync(PAGE, 'utf8'), 'first-load', part))
  process.stdout.write(`${part}\n\nWritten to docs/performance.md\n`)
} finally {
  await browser.close()
  await stop()
}
