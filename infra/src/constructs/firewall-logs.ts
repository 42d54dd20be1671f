import { USER_CONTEXT } from '@sax/topology'
import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import { Fn, type Stack } from 'aws-cdk-lib/core'
import { arnOf } from '../arn.ts'
import { firewallLogGroupName, logicalIdOf } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { encryptedLogGroup } from './log-group.ts'
import { resourcesOf, type TopologyResources } from './topology-resources.ts'

/** Each firewall says what it refused, without what may hold sessions, tokens or a name that was searched for. */
export function firewallLogs(stack: Stack, described: StageDescription, site: TopologyResources, key: CfnKey): void {
  for (const [id, firewall] of resourcesOf(site, CfnWebACL.isCfnWebACL)) {
    const zone = described.zones.find(({ name }) => id === `${logicalIdOf(name)}Firewall`)
    if (zone === undefined) throw new Error(`${id} is the firewall of no zone`)
    const name = firewallLogGroupName(described.stage, zone.name)
    const logGroup = encryptedLogGroup(stack, described, key, { id, name })
    const logging = new CfnLoggingConfiguration(stack, `${id}Logging`, {
      resourceArn: firewallArn(described, firewall),
      logDestinationConfigs: [arnOf(described, 'logs', `log-group:${name}`)],
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

/**
 * The ARN from what Ref gives, `name|id|scope`, for the attribute counts as changed whenever a rule is.
 * @source AWS CloudFormation Template Reference, "AWS::WAFv2::WebACL" (return values); Service Authorization Reference, "AWS WAF V2" (webacl)
 */
function firewallArn(described: StageDescription, firewall: CfnWebACL): string {
  const id = Fn.select(1, Fn.split('|', firewall.ref))
  return arnOf(described, 'wafv2', `global/webacl/${firewall.name}/${id}`)
}
