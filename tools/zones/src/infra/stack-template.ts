import type { Template } from '../plan/template-plan.ts'
import type { StackPart } from './baseline.ts'

/** A stack as it is wanted. */
export interface StackTemplate {
  readonly part: StackPart
  readonly stackName: string
  readonly region: string
  readonly accountId: string
  readonly template: Template
  /** The template as it is sent. */
  readonly body: string
  readonly tags: Readonly<Record<string, string>>
}
