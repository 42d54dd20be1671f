import type { World } from '../world.ts'
import type { Engine } from './engine/engine.ts'
import type { ReadTemplate } from './template-source.ts'

/** What CloudFormation leans on. */
export interface CloudFormationParts {
  readonly world: World
  readonly engine: Engine
  readonly readTemplate: ReadTemplate
  /** So many looks show a new change set unfinished. */
  readonly pendingLooks: number
}
