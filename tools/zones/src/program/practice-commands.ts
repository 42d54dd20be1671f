import type { Command } from 'commander'
import type { PracticesSetOptions } from '../run-practices.ts'
import type { CommandLine } from './command-line.ts'
import { refusingIdle } from './refusing-idle.ts'

/** Commands for who works where in a stage, from which numbers, and at what hours. */
export function addPracticeCommands(program: Command, { finish, env }: CommandLine): void {
  const practices = program
    .command('practices')
    .description("a tenant's practices in a stage: numbers, calendars, promises, people")

  const set = practices
    .command('set')
    .description('make a tenant as its file says; shows what would change, and asks')
    .argument('<stage>', 'develop, staging or production')
    .requiredOption('--from <file>', 'settings of one tenant, as `zones practices show` prints them')
    .option('--dry-run', 'print what would change, and change nothing')
    .option('--yes', 'do not ask')
    .option('--json', 'print the changes as JSON')
    .action(async (stage: string, options: PracticesSetOptions) => {
      const { runPracticesSet } = await import('../run-practices.ts')
      finish(await runPracticesSet(stage, options, env))
    })
  refusingIdle(set, ({ dryRun = false }) => [
    { option: 'yes', isIdle: dryRun, because: 'with --dry-run nothing is changed' },
  ])

  practices
    .command('show')
    .description('print the file that makes a tenant what it is; it names the people who work there')
    .argument('<stage>', 'develop, staging or production')
    .requiredOption('--tenant <id>', 'id of the tenant')
    .action(async (stage: string, options: { tenant: string }) => {
      const { runPracticesShow } = await import('../run-practices.ts')
      finish(await runPracticesShow(stage, options, env))
    })

  practices
    .command('numbers')
    .description('which practice texts from which number, and which numbers texts wait for')
    .argument('<stage>', 'develop, staging or production')
    .option('--json', 'print them as JSON')
    .action(async (stage: string, options: { json?: boolean }) => {
      const { runPracticesNumbers } = await import('../run-practices.ts')
      finish(await runPracticesNumbers(stage, options, env))
    })
}
