import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { type App, RemovalPolicies, Stack } from 'aws-cdk-lib/core'
import { clusterAlarms, proxyAlarms, queueAlarms } from '../constructs/backend-alarms.ts'
import { backendFunctionsOf } from '../constructs/backend-functions.ts'
import { type Database, existingDatabase } from '../constructs/database.ts'
import { databaseCluster } from '../constructs/database-cluster.ts'
import { databaseProxy } from '../constructs/database-proxy.ts'
import { encryptionKey } from '../constructs/encryption-key.ts'
import { flowLogs } from '../constructs/flow-logs.ts'
import { type Network, ownNetwork } from '../constructs/network.ts'
import { networkEndpoints } from '../constructs/network-endpoints.ts'
import { queues } from '../constructs/queues.ts'
import { endpointSecurityGroup, type SecurityGroups, securityGroups } from '../constructs/security-groups.ts'
import { workerTriggers } from '../constructs/worker-triggers.ts'
import { stackName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'

/**
 * The backend of a stage: database, functions beside it, queues and schedules. Shares nothing with the site's stack but
 * names, and is applied before it.
 */
export class BackendStack extends Stack {
  constructor(app: App, described: StageDescription) {
    const { stage, facts, settings } = described
    super(app, stackName(stage, 'backend'), {
      description: `backend of sleepconnect, stage ${stage}`,
      env: { account: facts.accountId, region: settings.region },
      terminationProtection: true,
    })
    const key = encryptionKey(this, described, 'backend')
    const { network, groups, database } = surroundings(this, described, key)
    const proxy = databaseProxy(this, described, key, {
      database,
      subnetIds: network.databaseSubnetIds,
      securityGroupIds: [groups.proxy, groups.databaseClients],
    })
    const made = queues(this, described)
    const subnetIds = network.functionSubnetIds
    const functions = backendFunctionsOf(this, described, { key, subnetIds, groups, database, proxy })
    for (const one of functions) if (one.fn.kind === 'worker') workerTriggers(this, described, one, made)
    queueAlarms(this, described)
    proxyAlarms(this, described)
    RemovalPolicies.of(this).retain()
  }
}

/** A network and a cluster of the stage's own; or those that somebody has given, to which nothing is done. */
function surroundings(
  stack: Stack,
  described: StageDescription,
  key: CfnKey,
): { readonly network: Network; readonly groups: SecurityGroups; readonly database: Database } {
  const given = described.facts.database
  if (given !== undefined) {
    const { vpcId, subnetIds } = given
    const network = { vpcId, functionSubnetIds: subnetIds, databaseSubnetIds: subnetIds, routeTableIds: [] }
    return { network, groups: securityGroups(stack, described, vpcId), database: existingDatabase(given) }
  }
  const network = ownNetwork(stack, described)
  const groups = securityGroups(stack, described, network.vpcId)
  flowLogs(stack, described, key, network.vpcId)
  networkEndpoints(stack, described, network, endpointSecurityGroup(stack, described, network.vpcId, groups))
  const subnetIds = network.databaseSubnetIds
  const database = databaseCluster(stack, described, key, { subnetIds, securityGroupId: groups.database })
  clusterAlarms(stack, described)
  return { network, groups, database }
}
