import type { Command } from 'commander'
import type { CostOptions } from '../run-cost.ts'
import { type CommandLine, repeated } from './command-line.ts'

/** Commands that create and update the stages in AWS. */
export function addInfraCommands(program: Command, { finish, env, palette, machine }: CommandLine): void {
  const infra = program.command('infra').description('the stages in AWS: created once, and from then on only updated')
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
        const { runInfraPlan } = await import('../run-infra.ts')
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
      const { runInfraApply } = await import('../run-infra.ts')
      finish(await runInfraApply({ stage, yes }, machine()))
    })

  infra
    .command('status')
    .description('each thing a stage needs: present, right or wrong, and what to do')
    .argument('<stage>', 'develop, staging or production')
    .option('--json', 'print it as JSON')
    .action(async (stage: string, { json = false }: { json?: boolean }) => {
      const { runInfraStatus } = await import('../run-infra.ts')
      finish(await runInfraStatus({ stage, json }, machine()))
    })

  infra
    .command('drift')
    .description('what was changed outside these commands, distributions behaviour by behaviour')
    .argument('<stage>', 'develop, staging or production')
    .option('--json', 'print it as JSON')
    .action(async (stage: string, { json = false }: { json?: boolean }) => {
      const { runInfraDrift } = await import('../run-infra.ts')
      finish(await runInfraDrift({ stage, json }, machine()))
    })

  infra
    .command('init')
    .description('ask for the few facts of a stage that only a person has, and keep them; asks once')
    .argument('<stage>', 'develop, staging or production')
    .option('--from <file>', 'take them from this file instead of asking')
    .action(async (stage: string, options: { from?: string }) => {
      const { runInfraInit } = await import('../run-infra.ts')
      finish(await runInfraInit({ stage, ...options }, machine()))
    })

  infra
    .command('check')
    .description('prove the templates of every stage without an account: npm run infra:check')
    .action(async () => {
      const { runInfraCheck } = await import('../run-infra.ts')
      finish(await runInfraCheck(machine()))
    })

  infra
    .command('baseline')
    .description('bring the committed baselines of the example account along with the templates')
    .action(async () => {
      const { runInfraBaseline } = await import('../run-infra.ts')
      finish(runInfraBaseline(machine()))
    })

  infra
    .command('runbook')
    .description('bring the generated parts of docs/runbooks/first-deployment.md along with the topology')
    .action(async () => {
      const { runInfraRunbook } = await import('../run-infra.ts')
      finish(runInfraRunbook())
    })

  infra
    .command('cost')
    .description('what a stage costs a month, and what that rests on; asks nobody')
    .argument('<stage>', 'develop, staging or production')
    .option('--routing <mode>', "host or edge; default: the stage's own")
    .addOption(repeated('--assume <name=value>', 'in place of what is assumed'))
    .option('--json', 'print it as JSON')
    .action(async (stage: string, options: CostOptions) => {
      const { runInfraCost } = await import('../run-cost.ts')
      finish(runInfraCost(stage, options, { env, palette }))
    })
}
