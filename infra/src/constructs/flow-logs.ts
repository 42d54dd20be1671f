import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2'
import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import type { Stack } from 'aws-cdk-lib/core'
import { arnOf, roleArn } from '../arn.ts'
import { flowLogGroupName, roleName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { encryptedLogGroup } from './log-group.ts'
import { allow, trusting } from './policy-statement.ts'
import { role } from './role.ts'

/**
 * Who spoke to whom in the network, and who was not let.
 * @source Amazon VPC User Guide, "Publish flow logs to CloudWatch Logs"
 */
export function flowLogs(stack: Stack, described: StageDescription, key: CfnKey, vpcId: string): void {
  const { stage, facts } = described
  const group = encryptedLogGroup(stack, described, key, { id: 'Flow', name: flowLogGroupName(stage) })
  const writer = role(stack, 'FlowLogs', {
    name: roleName(stage, 'flow-logs'),
    trust: trusting('vpc-flow-logs.amazonaws.com', {
      StringEquals: { 'aws:SourceAccount': facts.accountId },
      ArnLike: { 'aws:SourceArn': arnOf(described, 'ec2', 'vpc-flow-log/*') },
    }),
    statements: [
      allow(
        ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        arnOf(described, 'logs', `log-group:${flowLogGroupName(stage)}:*`),
      ),
    ],
  })
  const log = new CfnFlowLog(stack, 'FlowLog', {
    resourceId: vpcId,
    resourceType: 'VPC',
    trafficType: 'ALL',
    logDestinationType: 'cloud-watch-logs',
    logGroupName: flowLogGroupName(stage),
    deliverLogsPermissionArn: roleArn(described, roleName(stage, 'flow-logs')),
    maxAggregationInterval: 600,
  })
  log.addResourceDependency(group)
  log.addResourceDependency(writer)
}
