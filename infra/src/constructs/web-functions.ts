import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { CfnPermission, CfnUrl } from 'aws-cdk-lib/aws-lambda'
import type { Stack } from 'aws-cdk-lib/core'
import { type StageFunction, webFunctions } from '../functions.ts'
import type { StageDescription } from '../stage-description.ts'
import { functionAlarms } from './function-alarms.ts'
import { functionLogs } from './function-logs.ts'
import { releasedFunction } from './released-function.ts'
import { resourcesOf, type TopologyResources } from './topology-resources.ts'

/** The functions behind the topology's function URLs. `apiBaseUrl` is where the zones' API routes find the backend. */
export function webFunctionsOf(
  stack: Stack,
  described: StageDescription,
  site: TopologyResources,
  { key, apiBaseUrl }: { readonly key: CfnKey; readonly apiBaseUrl: string },
): void {
  const functions = webFunctions(described)
  const logGroupOf = functionLogs(stack, described, key, functions)
  const waiting = [...resourcesOf(site, CfnUrl.isCfnUrl), ...resourcesOf(site, CfnPermission.isCfnPermission)]
  for (const fn of functions) {
    const alias = releasedFunction(stack, described, fn, {
      logGroup: logGroupOf(fn),
      environment: fn.kind === 'zone-api-routes' ? { API_BASE_URL: apiBaseUrl } : {},
    })
    functionAlarms(stack, described, fn)
    // The topology names functions by ARN, which tells CloudFormation nothing about the order.
    for (const [id, resource] of waiting) if (belongsTo(id, fn)) resource.addResourceDependency(alias)
  }
}

/** Ids are the origin's: `OutreachPagesUrl`, `OutreachPagesForSleepconnectInvoke`. */
function belongsTo(id: string, fn: StageFunction): boolean {
  return id.startsWith(`${fn.id}Url`) || id.startsWith(`${fn.id}For`)
}
