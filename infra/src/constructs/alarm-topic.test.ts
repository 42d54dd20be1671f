import { expect, test } from 'vitest'
import { exampleStage, propertiesOf, stackIn, synthesized } from '../test/synthesized.ts'

const site = stackIn(synthesized([exampleStage('production')], ['host']), 'sleepconnect-production-host')
const at = (id: string) => propertiesOf(site, id)

test('alarms and the budget reach the address that the stage was given', () => {
  expect(at('AlarmEmail')).toEqual({
    TopicArn: { Ref: 'AlarmTopic' },
    Protocol: 'email',
    Endpoint: 'alarms-production@example.com',
  })
  const { Budget, NotificationsWithSubscribers } = at('Budget') as {
    readonly Budget: object
    readonly NotificationsWithSubscribers: readonly { readonly Notification: object; readonly Subscribers: object }[]
  }
  expect(Budget).toEqual({
    BudgetName: 'sleepconnect-production',
    BudgetType: 'COST',
    TimeUnit: 'MONTHLY',
    BudgetLimit: { Amount: 1200, Unit: 'USD' },
  })
  const notice = (NotificationType: string, Threshold: number) => ({
    Notification: { NotificationType, Threshold, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
    Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'alarms-production@example.com' }],
  })
  expect(NotificationsWithSubscribers).toEqual([notice('ACTUAL', 80), notice('ACTUAL', 100), notice('FORECASTED', 100)])
})
