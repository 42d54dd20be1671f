import {
  type AccountFacts,
  AccountFactsError,
  type DeployedStage,
  hostedZoneOf,
  isDeployedStage,
  parseAccountFacts,
} from '@sax/infra/account-facts'
import { type Asker, askFacts, type Detected, publicNames } from '../infra/ask-facts.ts'
import type { FactsFile } from '../infra/facts-file.ts'
import { Interrupted } from '../infra/interrupted.ts'
import { noSuchStage } from '../infra/stage-at-hand.ts'
import type { ChangeOutcome } from '../outcome.ts'

export interface InfraInitArguments {
  readonly stage: string
  /** Text of a file to take the facts from, instead of asking. */
  readonly given: { readonly text: string } | undefined
}

export interface InfraInitPorts {
  readonly facts: (stage: DeployedStage) => FactsFile
  /** Answers the path that was written. */
  readonly writeFacts: (stage: DeployedStage, facts: AccountFacts) => string
  readonly detect: () => Promise<Detected>
  /** Undefined: there is nobody to ask. */
  readonly asker: Asker | undefined
}

/** Asks for the few facts that only a person has, checks them, and keeps them in the repository. Changes nothing in AWS. */
export async function infraInit({ stage, given }: InfraInitArguments, ports: InfraInitPorts): Promise<ChangeOutcome> {
  if (!isDeployedStage(stage)) return refused(noSuchStage)
  try {
    return given === undefined ? await asked(stage, ports) : kept(stage, parseAccountFacts(given.text), ports)
  } catch (error) {
    if (error instanceof AccountFactsError) return refused(`These facts cannot be used: ${error.message}.`)
    if (error instanceof Interrupted) return { kind: 'declined', text: '', reason: 'Nothing was written.' }
    throw error
  }
}

async function asked(stage: DeployedStage, ports: InfraInitPorts): Promise<ChangeOutcome> {
  const { asker } = ports
  if (asker === undefined)
    return refused('There is nobody to ask here. Give the facts in a file: --from <file>; infra/examples/ shows one.')
  const names = publicNames(stage)
  if (
    !(await asker.yes({ message: `${stage} answers under ${names.join(', ')}. Are these names yours?`, initial: true }))
  ) {
    return refused('Names are kept in one place: change them in packages/topology/src/stages.ts, then run this again.')
  }
  const file = ports.facts(stage)
  const facts = await askFacts(stage, file.kind === 'facts' ? file.facts : undefined, await ports.detect(), asker)
  if (!(await asker.yes({ message: `${summary(facts)}\nKeep these facts?`, initial: true }))) {
    return { kind: 'declined', text: '', reason: 'Nothing was written.' }
  }
  // Read again as a file would be: what is kept must be what every command will accept.
  return kept(stage, parseAccountFacts(JSON.stringify(facts)), ports)
}

function kept(stage: DeployedStage, facts: AccountFacts, ports: InfraInitPorts): ChangeOutcome {
  for (const name of publicNames(stage)) hostedZoneOf(facts, name)
  const path = ports.writeFacts(stage, facts)
  return {
    kind: 'done',
    text: `Kept in ${path}, which holds no secret: commit it. Next: npx zones infra plan ${stage}`,
  }
}

function summary({
  accountId,
  hostedZones,
  auth0,
  twilio,
  alarmEmails,
  monthlyBudgetUsd,
  github,
  database,
  routing,
}: AccountFacts): string {
  const rows = [
    ['account', accountId],
    ...Object.entries(hostedZones).map(([domain, id]) => ['hosted zone', `${domain} ${id}`]),
    ['Auth0', `${auth0.domain} ${auth0.clientId}`],
    ['Twilio', `${twilio.accountSid} ${twilio.messagingServiceSid}`],
    ['alarms to', alarmEmails.join(', ')],
    ['budget', `$${monthlyBudgetUsd} a month`],
    ['GitHub', github === undefined ? 'no releases from there' : `${github.repository}, branch ${github.branch}`],
    ['database', database === undefined ? 'its own' : database.clusterArn],
    ...(routing === undefined ? [] : [['routing', routing]]),
  ]
  return rows.map(([name = '', value = '']) => `  ${name.padEnd(12)} ${value}`).join('\n')
}

function refused(reason: string): ChangeOutcome {
  return { kind: 'refused', text: '', reason }
}
