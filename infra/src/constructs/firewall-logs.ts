import { USER_CONTEXT, zones } from '@sax/topology'
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Stack } from 'aws-cdk-lib/core'
import type { AccountFacts, DeployedStage } from '../account-facts.ts'
import { firewallLogGroupName, logicalIdOf } from '../resource-names.ts'
import { encryptedLogGroup, type LogKeeping } from './log-group.ts'
import { resourcesOf, type TopologyResources } from './topology-resources.ts'

/** Each firewall says what it refused, without what may hold sessions, tokens or a name that was searched for. */
export function firewallLogs(
  stack: Stack,
  stage: DeployedStage,
  { accountId }: AccountFacts,
  site: TopologyResources,
  keeping: LogKeeping,
): void {
  for (const [id, firewall] of resourcesOf(site, CfnWebACL.isCfnWebACL)) {
    const zone = zones.find(({ name }) => id === `${logicalIdOf(name)}Firewall`)
    if (zone === undefined) throw new Error(`${id} is the firewall of no zone`)
    const name = firewallLogGroupName(stage, zone.name)
    const logGroup = encryptedLogGroup(stack, `${id}Logs`, name, keeping)
    const logging = new CfnLoggingConfiguration(stack, `${id}Logging`, {
      resourceArn: firewall.attrArn,
      logDestinationConfigs: [`arn:aws:logs:${stack.region}:${accountId}:log-group:${name}`],
      redactedFields: [
        ...['cookie', 'authorization', USER_CONTEXT].map((Name) => ({ singleHeader: { Name } })),
        { queryString: {} },
      ],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: ['BLOCK', 'COUNT'].map((Action) => ({ ActionCondition: { Action } })),
          },
        ],
      },
    })
    logging.addResourceDependency(logGroup)
  }
}
