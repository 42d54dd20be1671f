import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defaultDataDir, readLocalSite, repositoryRoot } from '@sax/local/settings'
import { people } from '@sax/sample-data'
import { Command, CommanderError } from 'commander'
import pico from 'picocolors'
import { createWireClient } from './asking/http.ts'
import { createLocalAsk } from './asking/local-ask.ts'
import { createTokenMaker } from './asking/tokens.ts'
import { openBrowser } from './browser/browser.ts'
import { explain } from './commands/explain.ts'
import { type GraphArguments, graph } from './commands/graph.ts'
import { token } from './commands/token.ts'
import { verify } from './commands/verify.ts'
import { declaredRoutes } from './declared-routes.ts'
import { readEnv } from './env.ts'
import { diskFiles } from './explain/files.ts'
import type { SiteArguments } from './explain/site.ts'
import { exitCode, type Outcome } from './outcome.ts'
import { createProgress } from './progress.ts'
import { reportHtml } from './report/html.ts'
import { reportTable } from './report/table.ts'
import { outcomeOf, reportJson } from './report/verify-report.ts'
import { contextOf } from './sample-context.ts'

const nowMs = () => performance.now()
const nowSec = () => Date.now() / 1000
const env = readEnv()
const palette = pico.createColors(env.colour && process.stdout.isTTY === true)

/** The one way out: prints an outcome and sets the exit code. */
function finish(outcome: Outcome): void {
  if (outcome.kind !== 'bad-input' && outcome.text !== '') process.stdout.write(`${outcome.text}\n`)
  if (outcome.kind !== 'done' && outcome.reason !== '') process.stderr.write(`${outcome.reason}\n`)
  process.exitCode = exitCode(outcome)
}

const program = new Command('zones').description('Tools for the zones of the site.').exitOverride()

program
  .command('token')
  .description("print a user context token of a sample person, for the checklist's curl commands")
  .argument('<stage>', 'local')
  .option('--user <email>', "e-mail of a sample person; default: the checklist's coordinator")
  .option('--ttl <seconds>', 'life of the token', '900')
  .option('--data-dir <dir>', 'data folder of the site', defaultDataDir)
  .action(async (stage: string, options: { user?: string; ttl: string; dataDir: string }) => {
    const site = () => readLocalSite(resolve(options.dataDir))
    finish(await token({ stage, user: options.user, ttl: options.ttl }, { site, people, nowSec }))
  })

interface VerifyOptions {
  readonly json?: boolean
  readonly report?: string
  readonly browser: boolean
  readonly dataDir: string
}

program
  .command('verify')
  .description('ask a running site everything it owes: the checklist tests 1 to 4 and more')
  .argument('<stage>', 'local')
  .option('--json', 'print the report as JSON')
  .option('--report <dir>', 'write index.html and report.json with screenshots into this folder')
  .option('--no-browser', 'leave out what needs a browser; it is reported as not seen')
  .option('--data-dir <dir>', 'data folder of the site', defaultDataDir)
  .action(async (stage: string, options: VerifyOptions) => {
    const wire = createWireClient(randomUUID, nowMs)
    const verified = await verify(
      { stage, browser: options.browser },
      {
        site: () => readLocalSite(resolve(options.dataDir)),
        people,
        routes: declaredRoutes(repositoryRoot),
        openBrowser: () => openBrowser(env.chromiumPath),
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
    if (verified.kind !== 'verified') return finish(verified)
    const { report } = verified
    if (options.report !== undefined) {
      const folder = resolve(options.report)
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'index.html'), reportHtml(report, new Date()))
      writeFileSync(join(folder, 'report.json'), reportJson(report))
    }
    const text = options.json ? reportJson(report) : reportTable(report, palette)
    finish(outcomeOf(report, text, !options.browser))
  })

interface ExplainOptions extends SiteArguments {
  readonly method: string
  readonly header: readonly string[]
  readonly cookie?: string
  readonly json?: boolean
  readonly svg?: string | true
}

program
  .command('explain')
  .description("print a request's way through the site, hop by hop; asks nobody")
  .argument('<url>', 'the whole URL, exactly as it would be sent')
  .option('--stage <stage>', 'stage; default: the one that has the host name')
  .option('--routing <mode>', "host or edge; default: the stage's own")
  .option('--distribution <file>', "somebody's template or live configuration in place of the stage's own")
  .option('--method <method>', 'request method', 'GET')
  .option('--header <header>', "'name: value', may be repeated", (header, all: string[]) => [...all, header], [])
  .option('--cookie <cookie>', 'Cookie header')
  .option('--json', 'print JSON')
  .option('--svg [file]', 'draw it, into this file or in place of the text')
  .action(async (url: string, { header, json = false, ...options }: ExplainOptions) =>
    finish(await explain({ url, headers: header, json, ...options }, diskFiles)),
  )

program
  .command('graph')
  .description('draw a stage: names, behaviours in order, origins')
  .argument('[stage]', 'stage of the topology')
  .option('--routing <mode>', "host or edge; default: the stage's own")
  .option('--distribution <file>', "somebody's template or live configuration in place of the stage's own")
  .option('--format <format>', 'mermaid or svg; default: by the name of --out, else mermaid')
  .option('--out <file>', 'write this file instead of printing')
  .action(async (stage: string | undefined, options: Omit<GraphArguments, 'stage'>) =>
    finish(await graph({ stage, ...options }, diskFiles)),
  )

interface LintOptions {
  readonly config?: string
  readonly host?: string
  readonly distribution: string[]
  readonly stage?: string
  readonly routing?: string
  readonly json?: boolean
  readonly sarif?: boolean
}

program
  .command('lint')
  .description('name the owner of every declared path, and every mistake on the way to it; asks nobody')
  .option('--config <zones.json>', "the zones of somebody's site; default: this one")
  .option('--host <dir>', "folder with that site's host: its next.config and proxy")
  .option(
    '--distribution <file>',
    "that site's template or live configuration, may be repeated",
    (file, all: string[]) => [...all, file],
    [],
  )
  .option('--stage <stage>', 'this stage of this site alone')
  .option('--routing <mode>', 'host or edge; default: both')
  .option('--json', 'print the findings as JSON')
  .option('--sarif', 'print the findings as SARIF 2.1.0, for pull requests')
  .action(async ({ distribution, json, sarif, ...options }: LintOptions) => {
    const { lint } = await import('./commands/lint.ts')
    const format = sarif ? 'sarif' : json ? 'json' : 'text'
    const ports = { root: repositoryRoot, from: process.cwd(), palette }
    finish(await lint({ ...options, distributions: distribution, format }, ports))
  })

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  // Commander has printed the help or what is wrong with the arguments.
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
