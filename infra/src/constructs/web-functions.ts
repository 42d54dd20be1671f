import { type FunctionRole, logGroupName } from '@sax/topology'
import { CfnPermission, CfnUrl } from 'aws-cdk-lib/aws-lambda'
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import type { AccountFacts, DeployedStage } from '../account-facts.ts'
import { functionIds, webFunctions } from '../functions.ts'
import { coldStartAlarm, functionAlarms } from './function-alarms.ts'
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
  const logGroupOf = (role: FunctionRole) => {
    const logGroup = encryptedLogGroup(stack, `${functionIds[role]}Logs`, logGroupName(stage, role), keeping)
    coldStartAlarm(stack, logGroup, { stage, facts, role })
    return logGroup
  }
  const zone = logGroupOf('outreach-server')
  const logGroups: Readonly<Record<(typeof webFunctions)[number], CfnLogGroup>> = {
    'sleep-connect-server': logGroupOf('sleep-connect-server'),
    'outreach-server': zone,
    'outreach-api-routes': zone,
  }
  const waiting = [...resourcesOf(site, CfnUrl.isCfnUrl), ...resourcesOf(site, CfnPermission.isCfnPermission)]
  for (const role of webFunctions) {
    const alias = releasedFunction(stack, { stage, facts, role, logGroup: logGroups[role] })
    functionAlarms(stack, { stage, facts, role })
    // The topology names functions by ARN, which tells CloudFormation nothing about the order.
    for (const [id, resource] of waiting) {
      if (id.startsWith(`${functionIds[role]}Url`) || id.startsWith(`${functionIds[role]}For`)) {
        resource.addResourceDependency(alias)
      }
    }
  }
}
