import { LIVE_ALIAS } from '@sax/topology'
import { CfnAlias, CfnFunction, CfnVersion } from 'aws-cdk-lib/aws-lambda'
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import { environmentOf } from '../environment.ts'
import type { StageFunction } from '../functions.ts'
import { functionSize } from '../sizing.ts'
import type { StageDescription } from '../stage-description.ts'
import { functionRole } from './function-role.ts'
import { placeholderOf } from './placeholder.ts'
import type { Statement } from './policy-statement.ts'

export interface ReleasedFunctionProps {
  readonly logGroup: CfnLogGroup
  /** Variables whose values are known only when something else is made. */
  readonly environment?: Readonly<Record<string, string>>
  /** What it may do beside writing its log and reading its secrets. */
  readonly may?: readonly Statement[]
  /** Where in a VPC it runs; absent: in none. */
  readonly vpc?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] }
  /** ARN of the queue that gets asynchronous calls which nothing came of. */
  readonly failedCalls?: string
}

/**
 * A function with its role, its first version and the alias that traffic follows. Code, versions and where the alias
 * points belong to releases: the placeholder, version 1 and the alias are written once and never change here, for a
 * change of any property of the alias would send its first version again.
 */
export function releasedFunction(
  stack: Stack,
  described: StageDescription,
  fn: StageFunction,
  { logGroup, environment = {}, may = [], vpc, failedCalls }: ReleasedFunctionProps,
): CfnAlias {
  const { memoryMb, timeoutSec, concurrency } = functionSize(fn.kind, described.settings, described.sizes)
  const executing = functionRole(stack, described, fn, may)
  const made = new CfnFunction(stack, `${fn.id}Function`, {
    functionName: fn.functionName,
    runtime: 'nodejs24.x',
    architectures: ['arm64'],
    handler: 'index.handler',
    code: { zipFile: placeholderOf(fn.kind) },
    role: executing.attrArn,
    memorySize: memoryMb,
    timeout: timeoutSec,
    reservedConcurrentExecutions: concurrency,
    tracingConfig: { mode: 'Active' },
    loggingConfig: { logGroup: logGroup.ref, logFormat: 'JSON', applicationLogLevel: 'INFO', systemLogLevel: 'INFO' },
    environment: { variables: { ...environmentOf(described, fn), ...environment } },
    ...(vpc === undefined
      ? {}
      : { vpcConfig: { subnetIds: [...vpc.subnetIds], securityGroupIds: [...vpc.securityGroupIds] } }),
    ...(failedCalls === undefined ? {} : { deadLetterConfig: { targetArn: failedCalls } }),
  })
  const version = new CfnVersion(stack, `${fn.id}Version1`, { functionName: made.ref })
  return new CfnAlias(stack, `${fn.id}Live`, {
    functionName: made.ref,
    functionVersion: version.attrVersion,
    name: LIVE_ALIAS,
  })
}
