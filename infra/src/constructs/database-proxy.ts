import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { CfnDBProxy, CfnDBProxyTargetGroup } from 'aws-cdk-lib/aws-rds'
import { Fn, type Stack } from 'aws-cdk-lib/core'
import { arnOf } from '../arn.ts'
import { proxyLogGroupName, proxyName, roleName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { DATABASE_USER, type Database } from './database.ts'
import { encryptedLogGroup } from './log-group.ts'
import { allow, trusting } from './policy-statement.ts'
import { role } from './role.ts'

export interface DatabaseProxy {
  readonly host: string
  /** What a role must be allowed to connect to, as the one user. */
  readonly userArn: string
}

/** Seconds that a connection may do nothing, and that a caller may wait for one. */
const IDLE_SEC = 1800
const BORROW_SEC = 10

/**
 * Keeps connections for functions, which come and go. IAM from end to end: a function signs in with its role, the proxy
 * with its own; there is no password.
 * @source Amazon Aurora User Guide, "Configuring IAM authentication for RDS Proxy" (end-to-end IAM authentication)
 */
export function databaseProxy(
  stack: Stack,
  described: StageDescription,
  key: CfnKey,
  {
    database,
    subnetIds,
    securityGroupIds,
  }: {
    readonly database: Database
    readonly subnetIds: readonly string[]
    readonly securityGroupIds: readonly string[]
  },
): DatabaseProxy {
  const { stage } = described
  const logGroup = encryptedLogGroup(stack, described, key, { id: 'DatabaseProxy', name: proxyLogGroupName(stage) })
  const executing = role(stack, 'DatabaseProxy', {
    name: roleName(stage, 'database-proxy'),
    // No condition on the account: nothing says that RDS names it when it takes a proxy's role on.
    trust: trusting('rds.amazonaws.com'),
    statements: [
      allow(['rds-db:connect'], arnOf(described, 'rds-db', `dbuser:${database.resourceId}/${DATABASE_USER}`)),
    ],
  })
  const proxy = new CfnDBProxy(stack, 'DatabaseProxy', {
    dbProxyName: proxyName(stage),
    engineFamily: 'POSTGRESQL',
    requireTls: true,
    defaultAuthScheme: 'IAM_AUTH',
    roleArn: executing.attrArn,
    vpcSubnetIds: [...subnetIds],
    vpcSecurityGroupIds: [...securityGroupIds],
    idleClientTimeout: IDLE_SEC,
    // It would write statements down, and what is searched for in them.
    debugLogging: false,
  })
  proxy.addResourceDependency(logGroup)
  const target = new CfnDBProxyTargetGroup(stack, 'DatabaseProxyTarget', {
    dbProxyName: proxy.ref,
    targetGroupName: 'default',
    dbClusterIdentifiers: [database.clusterName],
    connectionPoolConfigurationInfo: {
      maxConnectionsPercent: 90,
      maxIdleConnectionsPercent: 50,
      connectionBorrowTimeout: BORROW_SEC,
    },
  })
  // A cluster without an instance is no target.
  for (const made of database.madeOf) target.addResourceDependency(made)
  return {
    host: proxy.attrEndpoint,
    userArn: arnOf(described, 'rds-db', `dbuser:${Fn.select(6, Fn.split(':', proxy.attrDbProxyArn))}/${DATABASE_USER}`),
  }
}
