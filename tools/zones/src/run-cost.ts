import { exampleFacts, stageTemplates } from '@sax/infra'
import type { Colors } from 'picocolors/types'
import { infraCost } from './commands/infra-cost.ts'
import type { CountedTemplate } from './cost/stage-resources.ts'
import type { Env } from './env.ts'
import { readFacts } from './infra/facts-file.ts'
import type { Outcome } from './outcome.ts'

export interface CostOptions {
  readonly routing?: string
  readonly assume: readonly string[]
  readonly json?: boolean
}

/** `zones infra cost` on this machine: today's date, and the templates as they are. */
export function runInfraCost(
  stage: string,
  { json = false, ...options }: CostOptions,
  { env, palette }: { readonly env: Env; readonly palette: Colors },
): Outcome {
  return infraCost(
    { stage, json, ...options },
    {
      facts: (stage) => readFacts(env.accountsRoot, stage),
      exampleFacts,
      templates: (stage, facts, routing) =>
        stageTemplates({ stage, facts, routing }).map(({ template }) => ({
          template: template as unknown as CountedTemplate['template'],
        })),
      nowMs: Date.now,
      palette,
    },
  )
}
