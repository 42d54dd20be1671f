import { expect, test } from 'vitest'
import { exampleStage, propertiesOf, stackIn, synthesized } from '../test/synthesized.ts'

const site = stackIn(synthesized([exampleStage('production')], ['host']), 'sleepconnect-production-host')
const at = (id: string) => propertiesOf(site, id)

const subscriptionsOf = (alarmEmails: readonly string[]) => {
  const { facts, ...stage } = exampleStage('production')
  const described = { ...stage, facts: { ...facts, alarmEmails: [...alarmEmails] } }
  const { resources } = stackIn(synthesized([described], ['host']), 'sleepconnect-production-host')
  return Object.fromEntries(
    Object.entries(resources)
      .filter(([, { Type }]) => Type === 'AWS::SNS::Subscription')
      .map(([id, { Properties }]) => [id, Properties.Endpoint]),
  )
}

test('another address for alarms is an addition, wherever it stands in the list', () => {
  const before = subscriptionsOf(['first@acme.example'])
  const after = subscriptionsOf(['second@acme.example', 'first@acme.example'])
  expect(Object.values(before)).toEqual(['first@acme.example'])
  expect(after).toMatchObject(before)
  expect(Object.values(after).sort()).toEqual(['first@acme.example', 'second@acme.example'])
})

test('alarms reach the address that the stage was given, and the budget the topic', () => {
  expect(Object.values(subscriptionsOf(['alarms@acme.example']))).toEqual(['alarms@acme.example'])
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
    Subscribers: [{ SubscriptionType: 'SNS', Address: { Ref: 'AlarmTopic' } }],
  })
  expect(NotificationsWithSubscribers).toEqual([notice('ACTUAL', 80), notice('ACTUAL', 100), notice('FORECASTED', 100)])
  // The budget's first message would be refused by a topic, or by its key, that does not know the sender.
  expect(site.resources.Budget?.DependsOn).toContain('AlarmTopicPolicy')
  const budgets = { Principal: { Service: 'budgets.amazonaws.com' }, Effect: 'Allow' }
  expect(JSON.stringify(at('AlarmTopicPolicy'))).toContain('"budgets.amazonaws.com"')
  expect(at('Key')).toMatchObject({
    KeyPolicy: { Statement: expect.arrayContaining([expect.objectContaining(budgets)]) },
  })
})
