import { repositoryRoot } from '@sax/local/settings'
import type { Stage } from '@sax/topology'
import type { Command } from 'commander'
import type { GraphArguments } from '../commands/graph.ts'
import { diskFiles } from '../explain/files.ts'
import type { SiteArguments } from '../explain/site.ts'
import { ownRouting } from '../infra/own-routing.ts'
import { type CommandLine, repeated } from './command-line.ts'
import { refusingIdle } from './refusing-idle.ts'

interface ExplainOptions extends SiteArguments {
  readonly method: string
  readonly header: readonly string[]
  readonly cookie?: string
  readonly json?: boolean
  readonly svg?: string | true
}

interface LintOptions {
  readonly config?: string
  readonly host?: string
  readonly distribution: string[]
  readonly stage?: string
  readonly routing?: string
  readonly json?: boolean
  readonly sarif?: boolean
}

/** Commands that look at routes on paper, and ask nobody. */
export function addRouteCommands(program: Command, { env, finish, palette }: CommandLine): void {
  const own = (stage: Stage) => ownRouting(env.accountsRoot, stage)
  program
    .command('explain')
    .description("print a request's way through the site, hop by hop; asks nobody")
    .argument('<url>', 'the whole URL, exactly as it would be sent')
    .option('--stage <stage>', 'stage; default: the one that has the host name')
    .option('--routing <mode>', "host or edge; default: the stage's own")
    .option('--distribution <file>', "somebody's template or live configuration in place of the stage's own")
    .option('--method <method>', 'request method', 'GET')
    .addOption(repeated('--header <header>', "'name: value'"))
    .option('--cookie <cookie>', 'Cookie header')
    .option('--json', 'print JSON')
    .option('--svg [file]', 'draw it, into this file or in place of the text')
    .action(async (url: string, { header, json = false, ...options }: ExplainOptions) => {
      const { explain } = await import('../commands/explain.ts')
      finish(await explain({ url, headers: header, json, ...options }, diskFiles, own))
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
      const { graph } = await import('../commands/graph.ts')
      finish(await graph({ stage, ...options }, diskFiles, own))
    })

  const lintCommand = program
    .command('lint')
    .description('name the owner of every declared path, and every mistake on the way to it; asks nobody')
    .option('--config <zones.json>', "the zones of somebody's site; default: this one")
    .option('--host <dir>', "folder with that site's host: its next.config and proxy")
    .addOption(repeated('--distribution <file>', "that site's template or live configuration"))
    .option('--stage <stage>', 'this stage of this site alone')
    .option('--routing <mode>', 'host or edge; default: both')
    .option('--json', 'print the findings as JSON')
    .option('--sarif', 'print the findings as SARIF 2.1.0, for pull requests')
    .action(async ({ distribution, json, sarif, ...options }: LintOptions) => {
      const { lint } = await import('../commands/lint.ts')
      const format = sarif ? 'sarif' : json ? 'json' : 'text'
      const ports = { root: repositoryRoot, from: process.cwd(), palette }
      finish(await lint({ ...options, distributions: distribution, format }, ports))
    })
  refusingIdle(lintCommand, ({ sarif = false }) => [
    { option: 'json', isIdle: sarif, because: 'with --sarif the findings are printed as SARIF' },
  ])
}
