import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { CfnDBCluster, CfnDBClusterParameterGroup, CfnDBInstance, CfnDBSubnetGroup } from 'aws-cdk-lib/aws-rds'
import type { Stack } from 'aws-cdk-lib/core'
import { keyArn } from '../arn.ts'
import { clusterName, databaseLogGroupName, roleName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import type { Database } from './database.ts'
import { encryptedLogGroup } from './log-group.ts'
import { trusting } from './policy-statement.ts'
import { roleOfAws } from './role.ts'

/** The product needs PostgreSQL 18. Minor versions after this one are AWS's to install, in the maintenance window. */
const ENGINE_VERSION = '18.4'
const PARAMETER_FAMILY = 'aurora-postgresql18'
const DATABASE_NAME = 'outreach'
/** Looked at by the operating system's own measures, in seconds. */
const MONITORING_SEC = 60
/** Days that query statistics are kept: what costs nothing. @source Amazon Aurora User Guide, "Pricing and data retention for Performance Insights" */
const STATISTICS_DAYS = 7

/**
 * What the server holds to. Errors are logged without the statement and without the values that caused them, for both
 * may name a patient. @source Amazon Aurora User Guide, "Aurora PostgreSQL cluster parameters"; PostgreSQL Documentation,
 * "Error Reporting and Logging". That Aurora lets the two logging parameters be changed is unverified.
 */
const parameters = {
  'rds.force_ssl': '1',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

/** A cluster of the stage's own: Aurora PostgreSQL that grows and shrinks with what is asked of it. */
export function databaseCluster(
  stack: Stack,
  described: StageDescription,
  key: CfnKey,
  { subnetIds, securityGroupId }: { readonly subnetIds: readonly string[]; readonly securityGroupId: string },
): Database {
  const { stage, sizes } = described
  const name = clusterName(stage)
  const subnets = new CfnDBSubnetGroup(stack, 'DatabaseSubnets', {
    dbSubnetGroupName: name,
    dbSubnetGroupDescription: `private subnets of ${name}`,
    subnetIds: [...subnetIds],
  })
  const settings = new CfnDBClusterParameterGroup(stack, 'DatabaseParameters', {
    dbClusterParameterGroupName: `${name}-postgresql18`,
    description: `parameters of ${name}`,
    family: PARAMETER_FAMILY,
    parameters,
  })
  const logGroup = encryptedLogGroup(stack, described, key, { id: 'Database', name: databaseLogGroupName(stage) })
  const cluster = new CfnDBCluster(stack, 'DatabaseCluster', {
    dbClusterIdentifier: name,
    engine: 'aurora-postgresql',
    engineVersion: ENGINE_VERSION,
    databaseName: DATABASE_NAME,
    dbSubnetGroupName: subnets.ref,
    dbClusterParameterGroupName: settings.ref,
    vpcSecurityGroupIds: [securityGroupId],
    serverlessV2ScalingConfiguration: { minCapacity: sizes.database.minAcu, maxCapacity: sizes.database.maxAcu },
    storageEncrypted: true,
    kmsKeyId: keyArn(described, key),
    // RDS makes the password, keeps it in Secrets Manager and changes it every week.
    masterUsername: 'postgres',
    manageMasterUserPassword: true,
    masterUserSecret: { kmsKeyId: keyArn(described, key) },
    enableIamDatabaseAuthentication: true,
    deletionProtection: true,
    backupRetentionPeriod: sizes.database.backupDays,
    // Night on either coast.
    preferredBackupWindow: '07:00-08:00',
    preferredMaintenanceWindow: 'sun:08:30-sun:09:30',
    copyTagsToSnapshot: true,
    enableCloudwatchLogsExports: ['postgresql'],
  })
  cluster.addResourceDependency(logGroup)
  return {
    clusterName: name,
    host: cluster.attrEndpointAddress,
    resourceId: cluster.attrDbClusterResourceId,
    databaseName: DATABASE_NAME,
    adminSecretArn: cluster.attrMasterUserSecretSecretArn,
    madeOf: [cluster, ...instances(stack, described, key, cluster)],
  }
}

function instances(stack: Stack, described: StageDescription, key: CfnKey, cluster: CfnDBCluster) {
  const { stage, sizes } = described
  // @source Amazon RDS User Guide, "Setting up and enabling Enhanced Monitoring"
  const monitoring = roleOfAws(stack, 'DatabaseMonitoring', {
    name: roleName(stage, 'database-monitoring'),
    trust: trusting('monitoring.rds.amazonaws.com', {
      StringEquals: { 'aws:SourceAccount': described.facts.accountId },
    }),
    policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole',
  })
  return [1, 2].slice(0, sizes.database.instances).map(
    (number) =>
      new CfnDBInstance(stack, `DatabaseInstance${number}`, {
        dbInstanceIdentifier: `${clusterName(stage)}-${number}`,
        dbClusterIdentifier: cluster.ref,
        dbInstanceClass: 'db.serverless',
        engine: 'aurora-postgresql',
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
        // Either can be the writer, so that the other is never too small to take over.
        promotionTier: 0,
        enablePerformanceInsights: true,
        performanceInsightsKmsKeyId: keyArn(described, key),
        performanceInsightsRetentionPeriod: STATISTICS_DAYS,
        monitoringInterval: MONITORING_SEC,
        monitoringRoleArn: monitoring.attrArn,
      }),
  )
}
