import { expect, test } from 'vitest'
import { develop } from '../../../test/infra/fakes.ts'
import { foreignDatabase } from './account.ts'
import type { Asked } from './asked.ts'

const facts = develop
const database = {
  clusterArn: `arn:aws:rds:us-east-1:${facts.accountId}:cluster:practice-data`,
  host: 'practice-data.cluster-abcdefghijkl.us-east-1.rds.amazonaws.com',
  adminSecretArn: `arn:aws:secretsmanager:us-east-1:${facts.accountId}:secret:rds-AbCdEf`,
  resourceId: `cluster-${'A'.repeat(26)}`,
  databaseName: 'outreach',
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  securityGroupId: 'sg-0123456789abcdef0',
}
const obstacles = (change: Partial<typeof database>) =>
  foreignDatabase({ stage: 'develop', facts: { ...facts, database: { ...database, ...change } } } as unknown as Asked)

test('names of one database are no obstacle', () => {
  expect(obstacles({})).toEqual([])
})

test.each<[what: string, change: Partial<typeof database>, why: string]>([
  [
    'a digit of the account in the cluster',
    { clusterArn: 'arn:aws:rds:us-east-1:999122223333:cluster:practice-data' },
    'The database lies in us-east-1, account 999122223333',
  ],
  [
    'a digit of the account in the secret',
    { adminSecretArn: 'arn:aws:secretsmanager:us-east-1:999122223333:secret:rds-AbCdEf' },
    'adminSecretArn names a secret in us-east-1, account 999122223333',
  ],
  [
    'the region of the secret',
    { adminSecretArn: `arn:aws:secretsmanager:us-east-2:${facts.accountId}:secret:rds-AbCdEf` },
    'adminSecretArn names a secret in us-east-2',
  ],
  [
    'a letter of the host',
    { host: 'practise-data.cluster-abcdefghijkl.us-east-1.rds.amazonaws.com' },
    'and not of practice-data in us-east-1',
  ],
  [
    'the region of the host',
    { host: 'practice-data.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com' },
    'and not of practice-data in us-east-1',
  ],
])('D3: a typo in %s, well-formed as it is, is found before anything is planned', (_what, change, why) => {
  const [first, ...others] = obstacles(change)
  expect(first?.why).toContain(why)
  expect(first?.next).toContain('accounts/develop.json')
  expect(others).toEqual([])
})
