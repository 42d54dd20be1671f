import { CfnBudget } from 'aws-cdk-lib/aws-budgets'
import type { Stack } from 'aws-cdk-lib/core'
import type { StageDescription } from '../stage-description.ts'
import type { AlarmTopic } from './alarm-topic.ts'

/** When somebody is told: at four fifths, when it is spent, and when it looks as if it will be. Percent. */
const notices = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'ACTUAL', threshold: 100 },
  { notificationType: 'FORECASTED', threshold: 100 },
] as const

/**
 * What a month may cost. It counts the whole account: tags count only when somebody has activated them for billing. Who
 * is told cannot be changed afterwards without replacing the budget, so the topic is.
 * @source AWS CloudFormation Template Reference, "AWS::Budgets::Budget" (NotificationsWithSubscribers: update requires replacement)
 */
export function budget(stack: Stack, { stage, facts }: StageDescription, { topic, policy }: AlarmTopic): void {
  const limit = new CfnBudget(stack, 'Budget', {
    budget: {
      budgetName: `sleepconnect-${stage}`,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: facts.monthlyBudgetUsd, unit: 'USD' },
    },
    notificationsWithSubscribers: notices.map((notice) => ({
      notification: { ...notice, comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
      subscribers: [{ subscriptionType: 'SNS', address: topic.ref }],
    })),
  })
  limit.addResourceDependency(policy)
}
