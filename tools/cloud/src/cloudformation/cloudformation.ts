import * as sdk from '@aws-sdk/client-cloudformation'
import { type OwnApi, ownApi } from '../server/own-api.ts'
import { operationsOf } from '../wire/operations.ts'
import { queryProtocol } from '../wire/query-protocol.ts'
import { changeSetHandlers } from './change-sets.ts'
import { driftHandlers } from './drift.ts'
import type { CloudFormationParts } from './parts.ts'
import { stackHandlers } from './stack-operations.ts'
import { templateHandlers } from './template-operations.ts'

const operations = operationsOf(sdk)

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
