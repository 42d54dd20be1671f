import type { RoutingMode } from '@sax/topology'
import { type App, RemovalPolicies, Stack } from 'aws-cdk-lib/core'
import { accessLogBucket } from '../constructs/access-log-bucket.ts'
import { accessLogDelivery } from '../constructs/access-log-delivery.ts'
import { alarmTopic } from '../constructs/alarm-topic.ts'
import { secureAssetBuckets } from '../constructs/asset-buckets.ts'
import { budget } from '../constructs/budget.ts'
import { dashboard } from '../constructs/dashboard.ts'
import { deployRoles } from '../constructs/deploy-roles.ts'
import { distributionAlarms } from '../constructs/distribution-alarms.ts'
import { encryptionKey } from '../constructs/encryption-key.ts'
import { firewallLogs } from '../constructs/firewall-logs.ts'
import { httpApi } from '../constructs/http-api.ts'
import { keptBucket } from '../constructs/kept-bucket.ts'
import { pruneRole } from '../constructs/prune-role.ts'
import { publicNames } from '../constructs/public-names.ts'
import { savedQueries } from '../constructs/saved-queries.ts'
import { stageSecrets } from '../constructs/stage-secrets.ts'
import { staticHitRatio } from '../constructs/static-hit-ratio.ts'
import { topologyResources } from '../constructs/topology-resources.ts'
import { webFunctionsOf } from '../constructs/web-functions.ts'
import { mediaBucketName, releaseBucketName, stackName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'

/** Everything between the internet and the zones of a stage: names, distributions, buckets, web functions, API, secrets. */
export class SiteStack extends Stack {
  constructor(app: App, described: StageDescription, routing: RoutingMode) {
    const { stage, facts, settings } = described
    // Both routing modes are one stack of AWS's: changing the mode updates it.
    super(app, `${stackName(stage, 'site')}-${routing}`, {
      stackName: stackName(stage, 'site'),
      description: `sleepconnect and its zones, stage ${stage}`,
      env: { account: facts.accountId, region: settings.region },
      terminationProtection: true,
    })
    const site = topologyResources(this, described, routing)
    const key = encryptionKey(this, described, 'site')
    const accessLogs = accessLogBucket(this, described)
    secureAssetBuckets(site, accessLogs.bucket)
    accessLogDelivery(this, described, site, accessLogs)
    publicNames(this, described, site)
    firewallLogs(this, described, site, key)
    const apiBaseUrl = httpApi(this, described, key)
    webFunctionsOf(this, described, site, { key, apiBaseUrl })
    distributionAlarms(this, described, site)
    staticHitRatio(this, described, site, key)
    budget(this, described, alarmTopic(this, described, key))
    const kept = { key, accessLogs: accessLogs.bucket }
    // What was built, who is at it, what is live, and what came of each: a rollback needs what was live long ago.
    keptBucket(this, described, { ...kept, id: 'Releases', bucketName: releaseBucketName(stage, facts) })
    // Pictures that patients and practices send each other. They are health data: only the backend reads or writes them.
    keptBucket(this, described, { ...kept, id: 'Media', bucketName: mediaBucketName(stage, facts) })
    deployRoles(this, described, site)
    pruneRole(this, described)
    savedQueries(this, described)
    dashboard(this, described, site)
    stageSecrets(this, described, key)
    RemovalPolicies.of(this).retain()
  }
}
