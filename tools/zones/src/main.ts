import { resolve } from 'node:path'
import { defaultDataDir, readLocalSite, repositoryRoot } from '@sax/local/settings'
import { Command, CommanderError } from 'commander'
import pico from 'picocolors'
import type { GraphArguments } from './commands/graph.ts'
import { readEnv } from './env.ts'
import { diskFiles } from './explain/files.ts'
import type { SiteArguments } from './explain/site.ts'
import { type ChangeOutcome, exitCode, type Outcome } from './outcome.ts'
import type { CostOptions } from './run-cost.ts'
import type { RotateOptions, SetOptions } from './run-secrets.ts'
import type { VerifyOptions } from './run-verify.ts'

// What only one command needs is loaded by that command: a browser's driver takes longer than most of them.
const nowMs = () => performance.now()
const nowSec = () => Date.now() / 1000
const env = readEnv()
const palette = pico.createColors(
  env.colour === 'always' || (env.colour === 'terminal' && process.stdout.isTTY === true),
)

const collected = (value: string, all: readonly string[]) => [...all, value]

/** The one way out: prints an outcome and sets the exit code. */
function finish(outcome: Outcome | ChangeOutcome): void {
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
    const [{ token }, { people }] = await Promise.all([import('./commands/token.ts'), import('@sax/sample-data')])
    const site = () => readLocalSite(resolve(options.dataDir))
    finish(await token({ stage, user: options.user, ttl: options.ttl }, { site, people, nowSec }))
  })

program
  .command('verify')
  .description('ask a running site everything it owes: the checklist tests 1 to 4 and more')
  .argument('<stage>', 'local')
  .option('--json', 'print the report as JSON')
  .option('--report <dir>', 'write index.html and report.json with screenshots into this folder')
  .option('--no-browser', 'leave out what needs a browser; it is reported as not seen')
  .option('--data-dir <dir>', 'data folder of the site', defaultDataDir)
  .action(async (stage: string, options: VerifyOptions) => {
    const { runVerify } = await import('./run-verify.ts')
    finish(await runVerify(stage, options, { chromiumPath: env.chromiumPath, palette, nowMs, nowSec }))
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
  .action(async (url: string, { header, json = false, ...options }: ExplainOptions) => {
    const { explain } = await import('./commands/explain.ts')
    finish(await explain({ url, headers: header, json, ...options }, diskFiles))
  })

program
  .command('graph')
  .description('draw a stage: names, behaviours in order, origins')
  .argument('[stage]', 'stage of the topology')
  .option('--routing <mode>', "host or edge; default: the stage's own")
  .option('--distribution <file>', "somebody's template or live configuration in place of the stage's own")
  .option('--format <format>', 'mermaid or svg; default: by the name of --out, else mermaid')
  .option('--out <file>', 'write this file instead of printing')
  .action(async (stage: string | undefined, options: Omit<GraphArguments, 'stage'>) => {
    const { graph } = await import('./commands/graph.ts')
    finish(await graph({ stage, ...options }, diskFiles))
  })

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

const infra = program.command('infra').description('the stages in AWS: created once, and from then on only updated')
const machine = () => {
  const enough = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => enough.abort())
  return { env, palette, signal: enough.signal }
}

infra
  .command('plan')
  .description('what applying a stage would add, change, replace and remove, and whether it may')
  .argument('<stage>', 'develop, staging or production')
  .option('--online', 'ask CloudFormation; default: compare with the committed baseline, asking nobody')
  .option('--routing <mode>', "host or edge; default: the stage's own")
  .option('--json', 'print the plan as JSON')
  .action(
    async (
      stage: string,
      { online = false, json = false, routing }: { online?: boolean; json?: boolean; routing?: string },
    ) => {
      const { runInfraPlan } = await import('./run-infra.ts')
      finish(await runInfraPlan({ stage, online, routing, json }, machine()))
    },
  )

infra
  .command('apply')
  .description(
    'bring a stage to what the topology says; the first time this creates it. Can be broken off and run again',
  )
  .argument('<stage>', 'develop, staging or production')
  .option('--yes', 'do not ask; the plan must still pass')
  .action(async (stage: string, { yes = false }: { yes?: boolean }) => {
    const { runInfraApply } = await import('./run-infra.ts')
    finish(await runInfraApply({ stage, yes }, machine()))
  })

infra
  .command('status')
  .description('each thing a stage needs: present, right or wrong, and what to do')
  .argument('<stage>', 'develop, staging or production')
  .option('--json', 'print it as JSON')
  .action(async (stage: string, { json = false }: { json?: boolean }) => {
    const { runInfraStatus } = await import('./run-infra.ts')
    finish(await runInfraStatus({ stage, json }, machine()))
  })

infra
  .command('drift')
  .description('what was changed outside these commands, distributions behaviour by behaviour')
  .argument('<stage>', 'develop, staging or production')
  .option('--json', 'print it as JSON')
  .action(async (stage: string, { json = false }: { json?: boolean }) => {
    const { runInfraDrift } = await import('./run-infra.ts')
    finish(await runInfraDrift({ stage, json }, machine()))
  })

infra
  .command('init')
  .description('ask for the few facts of a stage that only a person has, and keep them; asks once')
  .argument('<stage>', 'develop, staging or production')
  .option('--from <file>', 'take them from this file instead of asking')
  .action(async (stage: string, options: { from?: string }) => {
    const { runInfraInit } = await import('./run-infra.ts')
    finish(await runInfraInit({ stage, ...options }, machine()))
  })

infra
  .command('check')
  .description('prove the templates of every stage without an account: npm run infra:check')
  .action(async () => {
    const { runInfraCheck } = await import('./run-infra.ts')
    finish(await runInfraCheck(machine()))
  })

infra
  .command('baseline')
  .description('bring the committed baselines of the example account along with the templates')
  .action(async () => {
    const { runInfraBaseline } = await import('./run-infra.ts')
    finish(runInfraBaseline(machine()))
  })

infra
  .command('runbook')
  .description('bring the generated parts of docs/runbooks/first-deployment.md along with the topology')
  .action(async () => {
    const { runInfraRunbook } = await import('./run-infra.ts')
    finish(runInfraRunbook())
  })

infra
  .command('cost')
  .description('what a stage costs a month, and what that rests on; asks nobody')
  .argument('<stage>', 'develop, staging or production')
  .option('--routing <mode>', "host or edge; default: the stage's own")
  .option('--assume <name=value>', 'in place of what is assumed; may be repeated', collected, [])
  .option('--json', 'print it as JSON')
  .action(async (stage: string, options: CostOptions) => {
    const { runInfraCost } = await import('./run-cost.ts')
    finish(runInfraCost(stage, options, { env, palette }))
  })

const secrets = program.command('secrets').description('values that functions read at run time; none is ever shown')

secrets
  .command('set')
  .description('give secrets their values: asked for, piped in, or made here')
  .argument('<stage>', 'develop, staging or production')
  .argument('[name...]', 'auth0, session, twilio, user-context; default: those without a value')
  .option('--stdin <name>', 'take the value of this one from standard input')
  .option('--generate <name>', 'make the value here (session, user-context); may be repeated', collected, [])
  .option('--same-as <name>', 'auth0: sign the user context with its client secret, as older systems do')
  .option('--replace', 'a value that is there may be lost')
  .option('--yes', 'do not ask')
  .action(async (stage: string, names: string[], options: SetOptions) => {
    const { runSecretsSet } = await import('./run-secrets.ts')
    finish(await runSecretsSet(stage, names, options, { env, palette }))
  })

secrets
  .command('check')
  .description('prove that all that read a secret read the same one')
  .argument('<stage>', 'develop, staging or production')
  .option('--json', 'print it as JSON')
  .action(async (stage: string, options: { json?: boolean }) => {
    const { runSecretsCheck } = await import('./run-secrets.ts')
    finish(await runSecretsCheck(stage, options, { env, palette }))
  })

secrets
  .command('rotate')
  .description("do the step of a secret's rotation that is due")
  .argument('<stage>', 'develop, staging or production')
  .argument('<name>', 'auth0, session, twilio or user-context')
  .option('--status', 'say what is due, and do nothing')
  .option('--again', 'begin another one within a day')
  .option('--stdin', 'take a value that Auth0 or the carrier made from standard input')
  .option('--yes', 'do not ask')
  .action(async (stage: string, name: string, options: RotateOptions) => {
    const { runSecretsRotate } = await import('./run-secrets.ts')
    finish(await runSecretsRotate(stage, name, options, { env, palette }))
  })

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  // Commander has printed the help or what is wrong with the arguments. To whoever changes something, 2 means half-way.
  process.exitCode = error.exitCode === 0 ? 0 : changesSomething(process.argv.slice(2)) ? 1 : 2
}

function changesSomething([group, command]: readonly string[]): boolean {
  return (
    (group === 'infra' && ['init', 'apply', 'baseline', 'runbook'].includes(command ?? '')) ||
    (group === 'secrets' && command !== 'check')
  )
}
