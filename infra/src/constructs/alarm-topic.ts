import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns'
import type { Stack } from 'aws-cdk-lib/core'
import { alarmTopicName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'

/**
 * Where the alarms of a stage arrive, and the one address that is told. AWS asks its reader to confirm. Another address
 * is subscribed beside it by hand: SNS cannot change the address of a subscription.
 * @source AWS CloudFormation Template Reference, "AWS::SNS::Subscription" (Endpoint: update requires replacement)
 */
export function alarmTopic(stack: Stack, { stage, facts }: StageDescription, key: CfnKey): void {
  const topic = new CfnTopic(stack, 'AlarmTopic', { topicName: alarmTopicName(stage), kmsMasterKeyId: key.ref })
  new CfnSubscription(stack, 'AlarmEmail', { topicArn: topic.ref, protocol: 'email', endpoint: facts.alarmEmail })
  new CfnTopicPolicy(stack, 'AlarmTopicPolicy', {
    topics: [topic.ref],
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AlarmsPublish',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: topic.ref,
          Condition: { StringEquals: { 'aws:SourceAccount': facts.accountId } },
        },
        {
          Sid: 'OnlyOverTls',
          Effect: 'Deny',
          Principal: '*',
          Action: 'sns:Publish',
          Resource: topic.ref,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  })
}
