import { type FunctionRole, logGroupName } from '@sax/topology'
import { CfnPermission, CfnUrl } from 'aws-cdk-lib/aws-lambda'
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import type { AccountFacts, DeployedStage } from '../account-facts.ts'
import { functionIds, webFunctions } from '../functions.ts'
import { encryptedLogGroup, type LogKeeping } from './log-group.ts'
import { releasedFunction } from './released-function.ts'
import { resourcesOf, type TopologyResources } from './topology-resources.ts'

/** The functions behind the topology's function URLs. The zone's API routes write into the zone's own log group. */
export function webFunctionsOf(
  stack: Stack,
  stage: DeployedStage,
  facts: AccountFacts,
  site: TopologyResources,
  keeping: LogKeeping,
): void {
  const logGroups: Readonly<Record<(typeof webFunctions)[number], CfnLogGroup>> = (() => {
    const group = (role: FunctionRole) =>
      encryptedLogGroup(stack, `${functionIds[role]}Logs`, logGroupName(stage, role), keeping)
    const zone = group('outreach-server')
    return {
      'sleep-connect-server': group('sleep-connect-server'),
      'outreach-server': zone,
      'outreach-api-routes': zone,
    }
  })()
  const waiting = [...resourcesOf(site, CfnUrl.isCfnUrl), ...resourcesOf(site, CfnPermission.isCfnPermission)]
  for (const role of webFunctions) {
    const alias = releasedFunction(stack, { stage, facts, role, logGroup: logGroups[role] })
    // The topology names functions by ARN, which tells CloudFormation nothing about the order.
    for (const [id, resource] of waiting) {
      if (id.startsWith(`${functionIds[role]}Url`) || id.startsWith(`${functionIds[role]}For`)) {
        resource.addResourceDependency(alias)
      }
    }
  }
}
