import { type FunctionRole, functionName, LIVE_ALIAS, stages } from '@sax/topology'
import { CfnAlias, CfnFunction, CfnVersion } from 'aws-cdk-lib/aws-lambda'
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import type { AccountFacts, DeployedStage } from '../account-facts.ts'
import { concurrency, environmentOf, functionIds } from '../functions.ts'
import { functionRole } from './function-role.ts'

export interface FunctionProps {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  readonly role: FunctionRole
  readonly logGroup: CfnLogGroup
}

/** What answers until the first release. */
const PLACEHOLDER = `exports.handler = async () => ({
  statusCode: 503,
  headers: { 'cache-control': 'no-store', 'content-type': 'text/plain' },
  body: 'Nothing has been released here yet.',
})
`

/**
 * A function with its role, its first version and the alias that traffic follows. Code, versions and where the alias
 * points belong to releases: the placeholder, version 1 and the alias are written once and never change here, for a
 * change of any property of the alias would send its first version again.
 */
export function releasedFunction(stack: Stack, { stage, facts, role, logGroup }: FunctionProps): CfnAlias {
  const id = functionIds[role]
  const { functionMemoryMb, functionTimeoutSec } = stages[stage]
  const executing = functionRole(stack, { stage, facts, role })
  const fn = new CfnFunction(stack, `${id}Function`, {
    functionName: functionName(stage, role),
    runtime: 'nodejs24.x',
    architectures: ['arm64'],
    handler: 'index.handler',
    code: { zipFile: PLACEHOLDER },
    role: executing.attrArn,
    memorySize: functionMemoryMb,
    timeout: functionTimeoutSec,
    reservedConcurrentExecutions: concurrency[stage],
    tracingConfig: { mode: 'Active' },
    loggingConfig: { logGroup: logGroup.ref, logFormat: 'JSON', applicationLogLevel: 'INFO', systemLogLevel: 'INFO' },
    environment: { variables: environmentOf(stage, role) },
  })
  const version = new CfnVersion(stack, `${id}Version1`, { functionName: fn.ref })
  return new CfnAlias(stack, `${id}Live`, {
    functionName: fn.ref,
    functionVersion: version.attrVersion,
    name: LIVE_ALIAS,
  })
}
