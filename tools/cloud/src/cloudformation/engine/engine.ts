import type { Work } from '../resources/kind.ts'
import type { Stack } from './stacks.ts'

/** What the execution of stacks leans on. */
export interface Engine {
  readonly workOn: (stack: Pick<Stack, 'accountId' | 'region' | 'name'>, logicalId: string) => Work
  /** Lets something go wrong, or take its time, before a resource is worked on. @throws Error to fail it */
  readonly before: (work: Work, action: 'Create' | 'Update' | 'Delete', type: string) => Promise<void>
}
