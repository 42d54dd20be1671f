import { resolve } from 'node:path'
import { isDeployedStage } from '@sax/infra/account-facts'
import { defaultDataDir, readLocalSite } from '@sax/local/settings'
import type { Command } from 'commander'
import { symptomNames } from '../doctor/symptom-names.ts'
import type { ChecklistOptions } from '../run-checklist.ts'
import type { DoctorOptions } from '../run-doctor.ts'
import type { VerifyOptions, VerifyStageCommandOptions } from '../run-verify.ts'
import type { CommandLine } from './command-line.ts'
import { type Idle, refusingIdle } from './refusing-idle.ts'

const STAGES = 'local, develop, staging or production'

/** What is only of a stage in AWS, or only of a laptop, on the other of the two. */
function elsewhere(stage: string | undefined, inAws: readonly string[]): readonly Idle[] {
  const isInAws = stage !== undefined && isDeployedStage(stage)
  return [
    { option: 'dataDir', isIdle: isInAws, because: `the data of ${stage} lie in AWS` },
    ...inAws.map((option) => ({ option, isIdle: !isInAws, because: 'it is for a stage in AWS' })),
  ]
}

/** Commands that look at a running site, and change nothing there. */
export function addSiteCommands(program: Command, { env, palette, nowMs, finish }: CommandLine): void {
  const nowSec = () => Date.now() / 1000
  const machine = { env, palette, nowMs }

  program
    .command('token')
    .description("print a user context token of a sample person, for the checklist's curl commands")
    .argument('<stage>', 'local')
    .option('--user <email>', "e-mail of a sample person; default: the checklist's coordinator")
    .option('--ttl <seconds>', 'life of the token', '900')
    .option('--data-dir <dir>', 'data folder of the site', defaultDataDir)
    .action(async (stage: string, options: { user?: string; ttl: string; dataDir: string }) => {
      const [{ token }, { people }] = await Promise.all([import('../commands/token.ts'), import('@sax/sample-data')])
      const site = () => readLocalSite(resolve(options.dataDir))
      finish(await token({ stage, user: options.user, ttl: options.ttl }, { site, people, nowSec }))
    })

  const verify = program
    .command('verify')
    .description('ask a running site everything it owes: the checklist tests 1 to 4 and more')
    .argument('<stage>', STAGES)
    .option('--json', 'print the report as JSON')
    .option('--report <dir>', 'write index.html and report.json with screenshots into this folder')
    .option('--junit <file>', 'write the results as JUnit XML')
    .option('--no-browser', 'leave out what needs a browser; it is reported as not seen')
    .option('--release <id>', 'in AWS: the release that every function has to run')
    .option('--credentials <file>', "in AWS: people of verification who can sign in at the stage's identity provider")
    .option('--quick', 'in AWS: only what a release can break for everybody at once')
    .option('--data-dir <dir>', 'on a laptop: data folder of the site', defaultDataDir)
    .action(async (stage: string, options: VerifyOptions & VerifyStageCommandOptions) => {
      const { runVerify, runVerifyStage } = await import('../run-verify.ts')
      finish(
        isDeployedStage(stage)
          ? await runVerifyStage(stage, options, machine)
          : await runVerify(stage, options, { chromiumPath: env.chromiumPath, palette, nowMs, nowSec }),
      )
    })

  refusingIdle(verify, ({ quick = false, browser }, [stage]) => [
    ...elsewhere(stage, ['release', 'credentials', 'quick']),
    { option: 'credentials', isIdle: quick, because: 'with --quick nobody signs in' },
    { option: 'credentials', isIdle: browser === false, because: 'without a browser nobody signs in' },
  ])

  const doctor = program
    .command('doctor')
    .description('find the cause of what people see, and the command that mends it')
    .argument('<stage>', STAGES)
    .option('--symptom <symptom>', `what people see: ${symptomNames.join(', ')}; default: everything is looked at`)
    .option('--json', 'print it as JSON')
    .option('--data-dir <dir>', 'on a laptop: data folder of the site', defaultDataDir)
    .action(async (stage: string, options: DoctorOptions) => {
      const { runDoctor } = await import('../run-doctor.ts')
      finish(await runDoctor(stage, options, machine))
    })

  refusingIdle(doctor, (_, [stage]) => elsewhere(stage, []))

  const checklist = program
    .command('checklist')
    .description('the deployment checklist, each line done and ticked with its proof')
    .argument('<stage>', STAGES)
    .option('--out <dir>', 'write checklist.md and checklist.html into this folder')
    .option('--json', 'print it as JSON')
    .option('--credentials <file>', "in AWS: people of verification who can sign in at the stage's identity provider")
    .option('--data-dir <dir>', 'on a laptop: data folder of the site', defaultDataDir)
    .action(async (stage: string, options: ChecklistOptions) => {
      const { runChecklist } = await import('../run-checklist.ts')
      finish(await runChecklist(stage, options, machine))
    })
  refusingIdle(checklist, (_, [stage]) => elsewhere(stage, ['credentials']))
}
