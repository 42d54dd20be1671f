import { type RoutingMode, stages } from '@sax/topology'
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager'
import { type App, RemovalPolicies, Stack } from 'aws-cdk-lib/core'
import type { AccountFacts, DeployedStage } from '../account-facts.ts'
import { accessLogBucket } from '../constructs/access-log-bucket.ts'
import { accessLogDelivery } from '../constructs/access-log-delivery.ts'
import { alarmTopic } from '../constructs/alarm-topic.ts'
import { secureAssetBuckets } from '../constructs/asset-buckets.ts'
import { dashboard } from '../constructs/dashboard.ts'
import { distributionAlarms } from '../constructs/distribution-alarms.ts'
import { encryptionKey } from '../constructs/encryption-key.ts'
import { firewallLogs } from '../constructs/firewall-logs.ts'
import { publicNames } from '../constructs/public-names.ts'
import { savedQueries } from '../constructs/saved-queries.ts'
import { topologyResources } from '../constructs/topology-resources.ts'
import { webFunctionsOf } from '../constructs/web-functions.ts'
import { logDays } from '../functions.ts'
import { keyAlias, logicalIdOf, siteStackName } from '../resource-names.ts'
import { secretId, secretNames, secrets } from '../secrets.ts'

export interface SiteStackProps {
  readonly stage: DeployedStage
  readonly routing: RoutingMode
  readonly facts: AccountFacts
}

/** Everything between a browser and the zones of a stage: names, distributions, buckets, web functions, secrets. */
export class SiteStack extends Stack {
  constructor(app: App, { stage, routing, facts }: SiteStackProps) {
    // Both routing modes are one stack of AWS's: changing the mode updates it.
    super(app, `${siteStackName(stage)}-${routing}`, {
      stackName: siteStackName(stage),
      description: `sleepconnect and its zones, stage ${stage}`,
      env: { account: facts.accountId, region: stages[stage].region },
      terminationProtection: true,
    })
    const site = topologyResources(this, stage, routing)
    const keeping = { key: encryptionKey(this, keyAlias(stage), facts), days: logDays[stage] }
    const accessLogs = accessLogBucket(this, stage, facts)
    secureAssetBuckets(site, accessLogs.bucket)
    accessLogDelivery(this, stage, facts, site, accessLogs)
    publicNames(this, facts, site)
    firewallLogs(this, stage, facts, site, keeping)
    webFunctionsOf(this, stage, facts, site, keeping)
    distributionAlarms(this, stage, facts, site)
    alarmTopic(this, stage, facts, keeping.key)
    savedQueries(this, stage)
    dashboard(this, stage, site)
    for (const name of secretNames) {
      new CfnSecret(this, `${logicalIdOf(name)}Secret`, {
        name: secretId(stage, name),
        description: secrets[name].what,
        kmsKeyId: keeping.key.attrArn,
      })
    }
    RemovalPolicies.of(this).retain()
  }
}
