import * as sdk from '@aws-sdk/client-cloudformation'
import { type OwnApi, ownApi } from '../server/own-api.ts'
import { operationsOf } from '../wire/operations.ts'
import { queryProtocol } from '../wire/query-protocol.ts'
import type { World } from '../world.ts'
import { changeSetHandlers } from './change-sets.ts'
import { driftHandlers } from './drift.ts'
import type { Engine } from './engine/execute.ts'
import { stackHandlers } from './stack-operations.ts'
import { templateHandlers } from './template-operations.ts'
import type { ReadTemplate } from './template-source.ts'

const operations = operationsOf(sdk)

/** What CloudFormation leans on. */
export interface CloudFormationParts {
  readonly world: World
  readonly engine: Engine
  readonly readTemplate: ReadTemplate
  /** So many looks show a new change set unfinished. */
  readonly pendingLooks: number
}

/**
 * CloudFormation. Own, because moto ignores most types, shows neither replacements nor reasons, and enforces neither
 * protection nor policies.
 */
export function cloudFormation(parts: CloudFormationParts): OwnApi {
  return ownApi<sdk.CloudFormation>(
    'cloudformation',
    queryProtocol('http://cloudformation.amazonaws.com/doc/2010-05-15/'),
    operations,
    { ...changeSetHandlers(parts), ...stackHandlers(parts), ...templateHandlers(parts), ...driftHandlers(parts) },
  )
}
