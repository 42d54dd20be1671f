import { objectives } from '@sax/topology'
import { CfnDistribution, CfnMonitoringSubscription } from 'aws-cdk-lib/aws-cloudfront'
import type { Stack } from 'aws-cdk-lib/core'
import type { StageDescription } from '../stage-description.ts'
import { alarm, type Measured, metric } from './alarm.ts'
import { resourcesOf, type TopologyResources } from './topology-resources.ts'

/** CloudFront measures in percent, the objectives are fractions. */
const PERCENT = 100

/** Says when a distribution answers more errors than promised. */
export function distributionAlarms(stack: Stack, described: StageDescription, site: TopologyResources): void {
  for (const [id, distribution] of resourcesOf(site, CfnDistribution.isCfnDistribution)) {
    // Rates of single statuses are measured on demand. @source AWS CloudFront Developer Guide, "Viewing additional CloudFront distribution metrics"
    new CfnMonitoringSubscription(stack, `${id}Metrics`, {
      distributionId: distribution.ref,
      monitoringSubscription: {
        realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: 'Enabled' },
      },
    })
    const rate = (name: string) => distributionMetric(distribution.ref, name)
    alarm(stack, described, `${id}ServerErrors`, {
      what: `${id}: more answers are 5xx than promised`,
      metrics: [metric('m', rate('5xxErrorRate'))],
      above: objectives.serverErrorRatio * PERCENT,
      breaching: 2,
      of: 3,
    })
    alarm(stack, described, `${id}ClientErrors`, {
      what: `${id}: more answers are 4xx than promised, 401 and 404 left aside`,
      metrics: [
        { id: 'wrong', expression: 'all4xx - unauthorized - absent', returnData: true },
        // Probes and crawlers earn these.
        metric('all4xx', rate('4xxErrorRate'), false),
        metric('unauthorized', rate('401ErrorRate'), false),
        metric('absent', rate('404ErrorRate'), false),
      ],
      above: objectives.clientErrorRatio * PERCENT,
      breaching: 2,
      of: 3,
    })
  }
}

/** A distribution's metrics lie in us-east-1 and call their region Global. */
export function distributionMetric(distributionId: string, name: string): Measured {
  return {
    namespace: 'AWS/CloudFront',
    name,
    dimensions: { DistributionId: distributionId, Region: 'Global' },
    stat: 'Average',
  }
}
