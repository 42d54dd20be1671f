import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DeployedStage } from '@sax/infra/account-facts'
import { readLocalSite, repositoryRoot } from '@sax/local/settings'
import type { Asker, ProbeResult } from '@sax/probes'
import { verificationPeople } from '@sax/release'
import { people } from '@sax/sample-data'
import { type RoutingMode, stages } from '@sax/topology'
import type { Colors } from 'picocolors/types'
import { connectStage } from './asking/connect-stage.ts'
import { createWireClient } from './asking/http.ts'
import { createLocalAsk } from './asking/local-ask.ts'
import { stageFactsOf } from './asking/stage-facts.ts'
import { createTokenMaker } from './asking/tokens.ts'
import { AwsFailure } from './aws/aws-failure.ts'
import { createIdentity } from './aws/identity.ts'
import { openBrowser } from './browser/browser.ts'
import { byForm, credentialsFile } from './browser/form-sign-in.ts'
import type { SignIn } from './browser/navigation.ts'
import { byPicking } from './browser/sign-in.ts'
import { type Progress, type Verified, verify } from './commands/verify.ts'
import { type VerifyStageOptions, verifyStage } from './commands/verify-stage.ts'
import { declaredRoutes } from './declared-routes.ts'
import type { Env } from './env.ts'
import { readFacts } from './infra/facts-file.ts'
import { ownRouting } from './infra/own-routing.ts'
import { stageAtHand } from './infra/stage-at-hand.ts'
import type { Outcome } from './outcome.ts'
import { createProgress } from './progress.ts'
import { type Patience, settle } from './release/settle.ts'
import { reportHtml } from './report/html.ts'
import { reportJunit } from './report/junit.ts'
import { reportTable } from './report/table.ts'
import { outcomeOf, reportJson, type VerifyReport } from './report/verify-report.ts'
import { contextOf } from './sample-context.ts'

export interface VerifyOptions {
  readonly json?: boolean
  readonly report?: string
  /** File for JUnit XML. */
  readonly junit?: string
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

/** `zones verify` of this machine's own site: real sockets, a real browser, the report's files. */
export async function runVerify(stage: string, options: VerifyOptions, settings: VerifySettings): Promise<Outcome> {
  const verified = await verifyLaptop(stage, options, settings)
  return verified.kind === 'verified' ? told(verified.report, options, settings.palette) : verified
}

/** One whole look at the site of this machine. */
export async function verifyLaptop(
  stage: string,
  options: Pick<VerifyOptions, 'json' | 'browser' | 'dataDir'>,
  { chromiumPath, nowMs, nowSec }: Omit<VerifySettings, 'palette'>,
): Promise<Verified> {
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
      progress: progressOf(options.json === true),
      nowMs,
    },
  )
  wire.close()
  return verified
}

export interface VerifyStageCommandOptions extends Omit<VerifyOptions, 'dataDir'> {
  /** Release that every function has to run. */
  readonly release?: string
  /** File with the people of verification at the stage's identity provider. */
  readonly credentials?: string
  /** Only what a release can break for everybody at once. */
  readonly quick?: boolean
}

export interface StageMachine {
  readonly env: Env
  readonly palette: Colors
  readonly nowMs: () => number
}

/** `zones verify` of a deployed stage. Looks only. */
export async function runVerifyStage(
  name: string,
  options: VerifyStageCommandOptions,
  machine: StageMachine,
): Promise<Outcome> {
  const { env, palette } = machine
  const settings = {
    region: stages.production.region,
    endpoint: env.awsEndpoint,
    maxAttempts: env.awsMaxAttempts,
  }
  const signIn = signInOf(env, options.credentials)
  if ('reason' in signIn) return { kind: 'bad-input', reason: signIn.reason }
  try {
    const at = await stageAtHand(name, {
      facts: (deployed) => readFacts(env.accountsRoot, deployed),
      identity: createIdentity(settings),
    })
    if (at.kind === 'unknown') return { kind: 'bad-input', reason: at.reason }
    if (at.kind === 'elsewhere') return { kind: 'failed', text: '', reason: at.reason }
    const report = await lookAt(
      { stage: at.stage, scope: options.quick === true ? 'quick' : 'whole', browser: options.browser },
      options.release === undefined ? undefined : everyFunction(options.release),
      machine,
      { signInOf: signIn.of, progress: progressOf(options.json === true) },
    )
    return told(report, options, palette)
  } catch (error) {
    if (error instanceof AwsFailure) return { kind: 'failed', text: '', reason: `${error.message} ${error.next}` }
    throw error
  }
}

/**
 * The quick part for a release that has just moved traffic: again and again, as `settle` has it.
 * @param expected release by function role; one that is missing may run any
 * @param routing that the stage has; default: the one that it is to have
 * @throws AwsFailure when the stage's addresses cannot be read
 */
export function probeStage(
  stage: DeployedStage,
  expected: Readonly<Record<string, string>>,
  patience: Patience,
  machine: StageMachine,
  routing?: RoutingMode | undefined,
): Promise<readonly ProbeResult[]> {
  const quiet = { signInOf: () => nobody, progress: progressOf(true), routing }
  return settle(patience, {
    look: (deadlineMs) => lookAt({ stage, scope: 'quick', browser: false, deadlineMs }, expected, machine, quiet),
    nowMs: machine.nowMs,
    sleep,
  })
}

/** One whole look, over real sockets. @throws AwsFailure */
export async function lookAt(
  options: VerifyStageOptions,
  expected: Readonly<Record<string, string>> | undefined,
  { env, nowMs }: StageMachine,
  {
    signInOf,
    progress,
    routing,
  }: { readonly signInOf: SignInOf; readonly progress: Progress; readonly routing?: RoutingMode | undefined },
): Promise<VerifyReport> {
  const connected = await connectStage(options.stage, env, nowMs)
  const routes = declaredRoutes(repositoryRoot)
  try {
    return await verifyStage(options, {
      facts: stageFactsOf({
        ...{ stage: options.stage, routes, expected, apiUrl: connected.apiUrl },
        routing: routing ?? ownRouting(env.accountsRoot, options.stage),
        isRehearsal: env.rehearsal !== undefined,
      }),
      ask: connected.ask,
      openBrowser: () => openBrowser(env.chromiumPath, connected.world.chromiumArguments),
      signInOf,
      progress,
      nowMs,
    })
  } finally {
    connected.close()
  }
}

type SignInOf = (asker: Asker) => SignIn | { readonly why: string }

const nobody = { why: 'nobody can sign in here: give --credentials, a file with people of verification' }

/** In a rehearsal people are picked at its identity provider, elsewhere they have passwords, which a file holds. */
export function signInOf(
  { rehearsal }: Pick<Env, 'rehearsal'>,
  file: string | undefined,
): { readonly of: SignInOf } | { readonly reason: string } {
  if (file === undefined) {
    return { of: (asker) => (rehearsal === undefined ? nobody : byPicking(verificationPeople[asker].name)) }
  }
  if (!existsSync(file)) return { reason: `There is no file ${file}.` }
  // What is wrong with it is not quoted: it holds passwords.
  const people = credentialsFile.safeParse(jsonOf(readFileSync(file, 'utf8')))
  if (!people.success) {
    return { reason: `${file} is not {"first": {"username", "password"}, "administrator": {"username", "password"}}.` }
  }
  return { of: (asker) => (asker === 'second' ? nobody : byForm(people.data[asker])) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function everyFunction(release: string): Readonly<Record<string, string>> {
  const roles = ['sleep-connect-server', 'outreach-server', 'outreach-api-routes', 'outreach-api'] as const
  return Object.fromEntries(roles.map((role) => [role, release]))
}

export function progressOf(isSilent: boolean): Progress {
  return createProgress(isSilent ? 'silent' : process.stdout.isTTY ? 'default' : 'simple')
}

/** Writes the report's files and says how it went. */
function told(
  report: VerifyReport,
  options: Pick<VerifyOptions, 'json' | 'report' | 'junit'>,
  palette: Colors,
): Outcome {
  if (options.report !== undefined) {
    const folder = resolve(options.report)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'index.html'), reportHtml(report, new Date()))
    writeFileSync(join(folder, 'report.json'), reportJson(report))
  }
  if (options.junit !== undefined) {
    mkdirSync(dirname(resolve(options.junit)), { recursive: true })
    writeFileSync(resolve(options.junit), reportJunit(report))
  }
  return outcomeOf(report, options.json ? reportJson(report) : reportTable(report, palette))
}
