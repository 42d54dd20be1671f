import { CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2'
import type { Stack } from 'aws-cdk-lib/core'
import { arnOf } from '../arn.ts'
import { queueNames } from '../queues.ts'
import { secretId, secretNames } from '../secrets.ts'
import type { StageDescription } from '../stage-description.ts'
import { secretArnEnd } from './function-role.ts'
import type { Network } from './network.ts'
import { allow } from './policy-statement.ts'

/**
 * Ways to AWS that leave the network by no gateway, each for what this stage asks of it and for its own account alone.
 * @source AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies"
 */
export function networkEndpoints(
  stack: Stack,
  described: StageDescription,
  network: Network,
  securityGroupId: string,
): void {
  const { stage, facts, settings } = described
  const ours = { StringEquals: { 'aws:PrincipalAccount': facts.accountId, 'aws:ResourceAccount': facts.accountId } }
  const policyOf = (actions: readonly string[], resources: string | readonly string[]) => ({
    Version: '2012-10-17',
    Statement: [{ ...allow(actions, resources, ours), Principal: { AWS: '*' } }],
  })
  const serviceName = (service: string) => `com.amazonaws.${settings.region}.${service}`
  new CfnVPCEndpoint(stack, 'S3Endpoint', {
    vpcId: network.vpcId,
    vpcEndpointType: 'Gateway',
    serviceName: serviceName('s3'),
    routeTableIds: [...network.routeTableIds],
    policyDocument: policyOf(['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'], '*'),
  })
  const privately = (id: string, service: string, actions: readonly string[], resources: readonly string[]) =>
    new CfnVPCEndpoint(stack, `${id}Endpoint`, {
      vpcId: network.vpcId,
      vpcEndpointType: 'Interface',
      serviceName: serviceName(service),
      subnetIds: [...network.functionSubnetIds],
      securityGroupIds: [securityGroupId],
      privateDnsEnabled: true,
      policyDocument: policyOf(actions, resources),
    })
  privately(
    'SecretsManager',
    'secretsmanager',
    ['secretsmanager:GetSecretValue'],
    [
      ...secretNames.map((name) => arnOf(described, 'secretsmanager', secretArnEnd(secretId(stage, name)))),
      // The name that RDS gives to the secret of a master user.
      arnOf(described, 'secretsmanager', 'secret:rds!cluster-*'),
    ],
  )
  privately(
    'Sqs',
    'sqs',
    ['sqs:SendMessage'],
    Object.values(queueNames(stage)).map((name) => arnOf(described, 'sqs', name)),
  )
}
