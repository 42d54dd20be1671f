import { exampleFacts } from '@sax/infra'
import type { AccountFacts } from '@sax/infra/account-facts'
import pico from 'picocolors'
import type { ApplyProgress } from '../../src/infra/apply-progress.ts'
import type { StackTemplate } from '../../src/infra/stack-template.ts'
import type { Template } from '../../src/plan/template-plan.ts'

/** Nobody watches; what was said is kept. */
export function quietProgress(): ApplyProgress & { readonly said: string[] } {
  const said: string[] = []
  return {
    said,
    step: (title) => ({
      now: (text) => said.push(`… ${text}`),
      done: async (text) => void said.push(`✔ ${text}`),
      failed: async (text) => void said.push(`✖ ${text} (${title})`),
    }),
  }
}

export const noColours = pico.createColors(false)

export const develop: AccountFacts = exampleFacts('develop')

const RETAIN = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }

/** A resource as every template of ours has it: retained. */
export const retained = (type: string, properties: object, more: object = {}) => ({
  Type: type,
  Properties: properties,
  ...RETAIN,
  ...more,
})

export const templateOf = (resources: Readonly<Record<string, object>>, more: object = {}): Template =>
  ({ Resources: resources, ...more }) as Template

/** A stack of `develop` with these resources. */
export function stackOf(part: StackTemplate['part'], template: Template, facts: AccountFacts = develop): StackTemplate {
  return {
    part,
    stackName: part === 'site' ? 'sleepconnect-develop' : 'sleepconnect-backend-develop',
    region: 'us-east-1',
    accountId: facts.accountId,
    template,
    body: JSON.stringify(template),
    tags: { application: 'sleepconnect', stage: 'develop' },
  }
}
