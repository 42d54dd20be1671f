import type { ExistingDatabase } from '../account-facts.ts'

/** A cluster that somebody has, in a VPC of theirs. */
export const existingDatabase: ExistingDatabase = {
  clusterArn: 'arn:aws:rds:us-east-1:111122223333:cluster:practice-data',
  host: 'practice-data.cluster-abcdefghijkl.us-east-1.rds.amazonaws.com',
  adminSecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!cluster-0123-AbCdEf',
  resourceId: 'cluster-ABCDEFGHIJKL1234567890MNOP',
  databaseName: 'practice',
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  securityGroupId: 'sg-0123456789abcdef0',
}
