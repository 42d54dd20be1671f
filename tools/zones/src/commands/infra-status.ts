import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import type { Colors } from 'picocolors/types'
import { AwsFailure } from '../aws/aws-failure.ts'
import { type ApplyProgress, asStep } from '../infra/apply-progress.ts'
import type { Cloud } from '../infra/cloud.ts'
import type { FactsFile } from '../infra/facts-file.ts'
import type { StackTemplate } from '../infra/stack-template.ts'
import { stageAtHand } from '../infra/stage-at-hand.ts'
import { apiItems } from '../infra/status/api.ts'
import { certificateItems } from '../infra/status/certificates.ts'
import { nameItems } from '../infra/status/names.ts'
import { distributionItems, resourceItems } from '../infra/status/resources.ts'
import { secretItems } from '../infra/status/secrets.ts'
import { look, type Seen } from '../infra/status/seen.ts'
import { stackItems } from '../infra/status/stacks.ts'
import { restItems } from '../infra/status/the-rest.ts'
import type { Outcome } from '../outcome.ts'
import type { StatusItem } from '../plan/status-item.ts'
import { statusTable } from '../report/status-table.ts'

export interface InfraStatusArguments {
  readonly stage: string
  readonly json: boolean
}

export interface InfraStatusPorts {
  readonly facts: (stage: DeployedStage) => FactsFile
  readonly templates: (stage: DeployedStage, facts: AccountFacts) => readonly StackTemplate[]
  readonly cloud: Cloud
  readonly progress: ApplyProgress
  readonly nowMs: () => number
  readonly palette: Colors
}

/** How everything that a stage needs stands, whoever made it, and what to do about what is not right. Only reads. */
export async function infraStatus(
  { stage: name, json }: InfraStatusArguments,
  ports: InfraStatusPorts,
): Promise<Outcome> {
  try {
    const at = await stageAtHand(name, { facts: ports.facts, identity: ports.cloud.identity })
    if (at.kind === 'unknown') return { kind: 'bad-input', reason: at.reason }
    if (at.kind === 'elsewhere') return failed(at.reason)
    const { stage, facts } = at
    const seen = await asStep(ports.progress, `Looking at account ${facts.accountId}`, () =>
      look(ports.cloud, stage, facts, ports.templates(stage, facts)),
    )
    const items = await asStep(ports.progress, 'Looking at each resource', () => itemsOf(seen, ports.nowMs()))
    const text = json ? JSON.stringify({ stage, items }, null, 2) : statusTable(stage, items, ports.palette)
    return items.every(({ standing }) => standing === 'right')
      ? { kind: 'done', text }
      : { kind: 'failed', text, reason: '' }
  } catch (error) {
    if (error instanceof AwsFailure) return failed(`${error.message} ${error.next}`)
    throw error
  }
}

async function itemsOf(seen: Seen, nowMs: number): Promise<readonly StatusItem[]> {
  const stacks = await stackItems(seen)
  const names = await nameItems(seen)
  const certificates = await certificateItems(seen, nowMs)
  const resources = await resourceItems(seen)
  const of = (group: StatusItem['group']) => resources.filter((item) => item.group === group)
  const distributions = await distributionItems(seen)
  const [apis, secrets] = await Promise.all([apiItems(seen), secretItems(seen)])
  return [
    ...[...stacks, ...names, ...certificates, ...of('Buckets'), ...of('Functions')],
    ...[...distributions, ...apis, ...of('Roles'), ...secrets, ...restItems(seen)],
  ]
}

function failed(reason: string): Outcome {
  return { kind: 'failed', text: '', reason }
}
