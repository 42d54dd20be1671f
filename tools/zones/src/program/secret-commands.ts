import type { Command } from 'commander'
import type { RotateOptions, SetOptions } from '../run-secrets.ts'
import { type CommandLine, repeated } from './command-line.ts'
import { refusingIdle } from './refusing-idle.ts'

/** Commands for the values that functions read when they run. */
export function addSecretCommands(program: Command, { finish, env, palette }: CommandLine): void {
  const secrets = program.command('secrets').description('values that functions read at run time; none is ever shown')

  secrets
    .command('set')
    .description('give secrets their values: asked for, piped in, or made here')
    .argument('<stage>', 'develop, staging or production')
    .argument('[name...]', 'auth0, session, twilio, user-context; default: those without a value')
    .option('--stdin <name>', 'take the value of this one from standard input')
    .addOption(repeated('--generate <name>', 'make the value here (session, user-context)'))
    .option('--same-as <name>', 'auth0: sign the user context with its client secret, as older systems do')
    .option('--replace', 'a value that is there may be lost')
    .option('--yes', 'do not ask')
    .action(async (stage: string, names: string[], options: SetOptions) => {
      const { runSecretsSet } = await import('../run-secrets.ts')
      finish(await runSecretsSet(stage, names, options, { env, palette }))
    })

  secrets
    .command('check')
    .description('prove that all that read a secret read the same one')
    .argument('<stage>', 'develop, staging or production')
    .option('--json', 'print it as JSON')
    .action(async (stage: string, options: { json?: boolean }) => {
      const { runSecretsCheck } = await import('../run-secrets.ts')
      finish(await runSecretsCheck(stage, options, { env, palette }))
    })

  const rotate = secrets
    .command('rotate')
    .description("do the step of a secret's rotation that is due")
    .argument('<stage>', 'develop, staging or production')
    .argument('<name>', 'auth0, session, twilio or user-context')
    .option('--status', 'say what is due, and do nothing')
    .option('--again', 'begin another one within a day')
    .option('--stdin', 'take a value that Auth0 or the carrier made from standard input')
    .option('--yes', 'do not ask')
    .action(async (stage: string, name: string, options: RotateOptions) => {
      const { runSecretsRotate } = await import('../run-secrets.ts')
      finish(await runSecretsRotate(stage, name, options, { env, palette }))
    })
  refusingIdle(rotate, ({ status = false }) =>
    ['stdin', 'yes'].map((option) => ({ option, isIdle: status, because: 'with --status nothing is done' })),
  )
}
