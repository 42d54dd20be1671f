import { type Command, InvalidArgumentError, type OptionValues } from 'commander'
import type { BuildCommandOptions } from '../run-build.ts'
import type {
  DeployOptions,
  GateOptions,
  PromoteOptions,
  PruneOptions,
  ReleaseMachine,
  RollbackOptions,
} from '../run-release.ts'
import { type CommandLine, repeated } from './command-line.ts'
import { type Idle, refusingIdle } from './refusing-idle.ts'

const STAGE = ['<stage>', 'develop, staging or production'] as const
const SHIFT = [
  '--shift <percent>%/<seconds>s',
  'give the new backend that share of its calls for so long first, and put all back when an alarm goes off; pages move at once',
] as const
const CONFIRM = [
  '--confirm-without-gate <name>',
  'before production: stage and release, as they are to be typed otherwise, for example production/1.4.0-0123456789ab',
] as const
const LOCK_TTL = [
  '--lock-ttl <seconds>',
  'after how long without a word of this run others may take over',
  lockTtlSec,
  60,
] as const

/** At least what a renewal and a slow network need, at most what others may have to wait. */
function lockTtlSec(text: string): number {
  const given = Number(text)
  if (/^\d+$/.test(text) && given >= 1 && given <= 3600) return given
  throw new InvalidArgumentError('It is a whole number of seconds from 1 to 3600.')
}

/** Of commands that lock a stage. */
function locking({ dryRun = false }: OptionValues): readonly Idle[] {
  return [{ option: 'lockTtl', isIdle: dryRun, because: 'with --dry-run nothing is locked' }]
}

/** Of commands before which gates stand. */
function gated(given: OptionValues): readonly Idle[] {
  const isIdle = given.withoutGate.length === 0
  return [
    ...['because', 'confirmWithoutGate'].map((option) => ({ option, isIdle, because: 'no gate is left out' })),
    ...locking(given),
  ]
}

const INTERRUPTED = `
Ctrl-C: before people see anything the run ends, and nothing is undone; from the first alias to the last look everything is
put back and seen to be, which is waited for. Both end with 2. A second Ctrl-C ends the run where it is.`

/** Commands that build releases, bring them to people, and take them back. */
export function addReleaseCommands(program: Command, { nowMs, finish, machine }: CommandLine): void {
  const releasing = (): ReleaseMachine => {
    const given = machine()
    return {
      ...given,
      probe: async (stage, expected, patience, routing) => {
        const { probeStage } = await import('../run-verify.ts')
        const results = await probeStage(stage, expected, patience, { ...given, nowMs }, routing)
        return results.map(({ id, title, outcome, findings }) => ({ id, title, outcome, findings }))
      },
    }
  }

  program
    .command('build')
    .description('build both zones and the backend into one release; the same sources make the same release')
    .option('--out <dir>', 'where it is put; default: .local/releases/<its name>')
    .option('--source <dir>', 'sources to build; default: this checkout')
    .option('--version <version>', 'in place of the version in package.json')
    .option('--json', 'print folder and manifest as JSON')
    .action(async (options: BuildCommandOptions) => {
      const { runBuild } = await import('../run-build.ts')
      finish(await runBuild(options, { nowMs, signal: machine().signal }))
    })

  program
    .command('gate')
    .description('run a command against a release, and keep what came of it: no release goes live without')
    .argument('<name>', 'check, test, infra-check or rehearsal')
    .argument('<command...>', 'the command, after --')
    .requiredOption('--artefact <dir>', 'the release')
    .option('--to <dir>', 'folder to keep the result in')
    .option('--stage <stage>', "stage in whose releases' bucket to keep it")
    .action(async (name: string, command: readonly string[], options: GateOptions) => {
      const { runGate } = await import('../run-release.ts')
      finish(await runGate(name, command, options, machine()))
    })

  const deploy = program
    .command('deploy')
    .description('bring a release to a stage: live once it was seen through every public name, or put back')
    .argument(...STAGE)
    .requiredOption('--artefact <dir>', 'the release, as `zones build` made it')
    .option('--zone <zone>', 'sleepconnect, outreach or api alone; default: all of them')
    .option('--dry-run', 'print the plan and change nothing')
    .option('--gates <dir>', 'folder with results of gates, as `zones gate --to` keeps them')
    .addOption(repeated('--without-gate <name>', 'leave this gate out, with --because'))
    .option('--because <reason>', 'why; it is written down')
    .option(...CONFIRM)
    .option(...SHIFT)
    .option(...LOCK_TTL)
    .option('--json', 'print the plan or the record as JSON')
    .addHelpText('after', INTERRUPTED)
    .action(async (stage: string, options: DeployOptions) => {
      const { runDeploy } = await import('../run-release.ts')
      finish(await runDeploy(stage, options, releasing()))
    })

  refusingIdle(deploy, gated)

  const promote = program
    .command('promote')
    .description('bring what is live in one stage to another, the same bytes')
    .argument('<from>', 'develop or staging')
    .argument('<to>', 'staging or production')
    .option('--from-profile <profile>', 'profile of the AWS configuration for the first stage')
    .option('--older', 'also what is older than what is live there; to go back there is `zones rollback`')
    .option('--dry-run', 'print the plan and change nothing')
    .addOption(repeated('--without-gate <name>', 'leave this gate out, with --because'))
    .option('--because <reason>', 'why; it is written down')
    .option(...CONFIRM)
    .option(...SHIFT)
    .option(...LOCK_TTL)
    .option('--json', 'print the plan or the record as JSON')
    .addHelpText('after', INTERRUPTED)
    .action(async (from: string, to: string, options: PromoteOptions) => {
      const { runPromote } = await import('../run-release.ts')
      finish(await runPromote(from, to, options, releasing()))
    })

  refusingIdle(promote, gated)

  program
    .command('rollback')
    .description('go back to a release that was live before: code, files and edges together')
    .argument(...STAGE)
    .option('--to <id>', 'the release; default: the one before')
    .option('--zone <zone>', 'sleepconnect, outreach or api alone; default: all of them')
    .option(...LOCK_TTL)
    .option('--json', 'print the record as JSON')
    .addHelpText('after', INTERRUPTED)
    .action(async (stage: string, options: RollbackOptions) => {
      const { runRollback } = await import('../run-release.ts')
      finish(await runRollback(stage, options, releasing()))
    })

  program
    .command('releases')
    .description('what was released to a stage: who, when, how it went')
    .argument(...STAGE)
    .option('--json', 'print it as JSON')
    .action(async (stage: string, options: { json?: boolean }) => {
      const { runReleases } = await import('../run-release.ts')
      finish(await runReleases(stage, options, releasing()))
    })

  const prune = program
    .command('prune')
    .description('drop files and versions that no kept release names')
    .argument(...STAGE)
    .option('--keep <number>', 'how many of the newest are kept, beside what is live and what was before', '5')
    .option('--dry-run', 'print what would be dropped and change nothing')
    .option(...LOCK_TTL)
    .option('--json', 'print the plan, and what a run did, as JSON')
    .action(async (stage: string, options: PruneOptions) => {
      const { runPrune } = await import('../run-release.ts')
      finish(await runPrune(stage, options, releasing()))
    })
  refusingIdle(prune, locking)
}
