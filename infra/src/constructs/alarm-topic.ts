import { createHash } from 'node:crypto'
import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns'
import type { Stack } from 'aws-cdk-lib/core'
import { alarmTopicName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { budgetsOf } from './encryption-key.ts'

/**
 * Where the alarms and the budget of a stage are told, and the addresses that hear of them. AWS asks each reader to
 * confirm. SNS cannot change the address of a subscription, so each address has one of its own: another one is an
 * addition.
 * @source AWS CloudFormation Template Reference, "AWS::SNS::Subscription" (Endpoint: update requires replacement)
 * @source AWS Cost Management User Guide, "Creating an Amazon SNS topic for budget notifications"
 */
export function alarmTopic(stack: Stack, { stage, facts }: StageDescription, key: CfnKey): AlarmTopic {
  const topic = new CfnTopic(stack, 'AlarmTopic', { topicName: alarmTopicName(stage), kmsMasterKeyId: key.ref })
  for (const endpoint of facts.alarmEmails) {
    new CfnSubscription(stack, subscriptionId(endpoint), { topicArn: topic.ref, protocol: 'email', endpoint })
  }
  const policy = new CfnTopicPolicy(stack, 'AlarmTopicPolicy', {
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
          Sid: 'BudgetPublishes',
          Effect: 'Allow',
          Principal: { Service: 'budgets.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: topic.ref,
          Condition: budgetsOf(facts.accountId),
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
  return { topic, policy }
}

export interface AlarmTopic {
  readonly topic: CfnTopic
  /** Whoever publishes must be let in first. */
  readonly policy: CfnTopicPolicy
}

/** A logical id that stays with the address, in whatever order the addresses stand. */
function subscriptionId(address: string): string {
  return `AlarmEmail${createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 12)}`
}
