import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DeployedStage } from '@sax/infra/account-facts'
import type { RoutingMode } from '@sax/topology'
import type { Template } from '../plan/template-plan.ts'

/** A stack as it was last applied, or as the example account would have it. Committed, so that a review sees what changes. */
export interface Baseline {
  readonly accountId: string
  readonly routing: RoutingMode
  readonly template: Template
}

export type StackPart = 'backend' | 'site'

export const baselinePath = (stage: DeployedStage, part: StackPart) => `infra/baselines/${stage}/${part}.json`

/** Undefined: nothing was ever written down for this stack. */
export function readBaseline(root: string, stage: DeployedStage, part: StackPart): Baseline | undefined {
  const path = join(root, baselinePath(stage, part))
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Baseline) : undefined
}

/** Path of the file that was written. */
export function writeBaseline(root: string, stage: DeployedStage, part: StackPart, baseline: Baseline): string {
  const shown = baselinePath(stage, part)
  mkdirSync(dirname(join(root, shown)), { recursive: true })
  writeFileSync(join(root, shown), `${JSON.stringify(baseline, null, 1)}\n`)
  return shown
}
