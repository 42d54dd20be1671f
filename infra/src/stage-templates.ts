import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RoutingMode } from '@sax/topology'
import type { AccountFacts, DeployedStage } from './account-facts.ts'
import { createApp } from './app.ts'
import { type StackPart, stackName } from './resource-names.ts'
import { describeStage, type StageDescription } from './stage-description.ts'

/** A stack of a stage as CloudFormation gets it. */
export interface StageTemplate {
  readonly part: StackPart
  readonly stackName: string
  readonly region: string
  readonly accountId: string
  readonly template: Readonly<Record<string, unknown>>
  /** The same as compact JSON. May be longer than the 51,200 bytes that a call takes: send it through S3. */
  readonly body: string
  /** Tags of the stack, which CloudFormation puts on what it makes. They are not in the template. */
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
}

export interface StageTemplatesProps {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  /** Default: the stage's own. */
  readonly routing?: RoutingMode
}

/**
 * The templates of a stage, in the order in which they are applied: the backend's, then the site's. Made in a temporary
 * folder that is gone afterwards; nobody judges them here.
 * @throws AccountFactsError `not_hosted` when no given hosted zone answers for one of the stage's names
 */
export function stageTemplates({ stage, facts, routing }: StageTemplatesProps): readonly StageTemplate[] {
  const described = describeStage(stage, facts)
  return templatesOf(described, routing ?? described.settings.routing)
}

/** The same for a stage described otherwise. */
export function templatesOf(described: StageDescription, routing: RoutingMode): readonly StageTemplate[] {
  const { stage, facts, settings } = described
  const outdir = mkdtempSync(join(tmpdir(), 'sax-templates-'))
  try {
    const { stacks, manifest } = createApp({
      stages: [described],
      routings: [routing],
      outdir,
      validated: false,
    }).synth()
    if (manifest.missing !== undefined) throw new Error('a stack looks something up in an account')
    return (['backend', 'site'] as const).map((part): StageTemplate => {
      const name = stackName(stage, part)
      const stack = stacks.find((one) => one.stackName === name)
      if (stack === undefined) throw new Error(`no stack ${name} was synthesized`)
      return {
        part,
        stackName: name,
        region: settings.region,
        accountId: facts.accountId,
        template: stack.template,
        body: JSON.stringify(stack.template),
        tags: [
          { Key: 'application', Value: 'sleepconnect' },
          { Key: 'stage', Value: stage },
        ],
      }
    })
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
}
