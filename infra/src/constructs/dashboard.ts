import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront'
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch'
import type { Stack } from 'aws-cdk-lib/core'
import { answersPeople, functionsOf } from '../functions.ts'
import { stackName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { type Measured, PERIOD_SEC } from './alarm.ts'
import { clusterMetric, queueMetric } from './backend-alarms.ts'
import { distributionMetric } from './distribution-alarms.ts'
import { coldStartMetric, functionMetric } from './function-alarms.ts'
import { replyVisibleMetric } from './reply-visible.ts'
import { staticFilesMetric } from './static-hit-ratio.ts'
import { resourcesOf, type TopologyResources } from './topology-resources.ts'

const WIDTH = 8
const HEIGHT = 6

/** One screen per stage: a row for each distribution, one for what is promised beyond them, one for each function, one for the backend. */
export function dashboard(stack: Stack, described: StageDescription, site: TopologyResources): void {
  const distributions = resourcesOf(site, CfnDistribution.isCfnDistribution).map(([id, { ref }]) => [
    graph(`${id}: requests`, [{ ...distributionMetric(ref, 'Requests'), stat: 'Sum' }]),
    graph(`${id}: answers that are errors, percent`, [
      ...['5xxErrorRate', '4xxErrorRate', '401ErrorRate', '404ErrorRate'].map((name) => distributionMetric(ref, name)),
    ]),
    // Of all GET requests, pages included, which are never stored: the objective for files is read off the access log.
    graph(`${id}: answers from the cache, percent`, [distributionMetric(ref, 'CacheHitRate')]),
  ])
  const functions = functionsOf(described).map((fn) => [
    graph(`${fn.role}: calls, errors, refusals`, [
      ...['Invocations', 'Errors', 'Throttles'].map((name) => functionMetric(fn, name, 'Sum')),
    ]),
    graph(`${fn.role}: duration, ms`, [...['p50', 'p95', 'p99'].map((stat) => functionMetric(fn, 'Duration', stat))]),
    ...(answersPeople(fn) ? [graph(`${fn.role}: starts, ms`, [coldStartMetric(described, fn)])] : []),
  ])
  const promised = [
    graph('files: asked and answered from the cache', [
      ...(['Asked', 'FromCache'] as const).map((name) => staticFilesMetric(described, name)),
    ]),
    graph('replies: until the screen has them, ms', [replyVisibleMetric(described)]),
  ]
  const backend = [
    graph('queues: oldest message, seconds', [
      ...(['outbox', 'inbound'] as const).map((id) => queueMetric(described, id, 'ApproximateAgeOfOldestMessage')),
    ]),
    graph('queues: put aside', [
      ...(['outbox-failed', 'inbound-failed', 'sweeps-failed'] as const).map((id) =>
        queueMetric(described, id, 'ApproximateNumberOfMessagesVisible'),
      ),
    ]),
    // Somebody else's cluster is theirs to watch.
    ...(described.facts.database === undefined
      ? [
          graph('database: in use, percent', [
            ...['ACUUtilization', 'CPUUtilization'].map((name) => clusterMetric(described, name)),
          ]),
        ]
      : []),
  ]
  const widgets = [...distributions, promised, ...functions, backend].flatMap((row, y) =>
    row.map((properties, x) => ({
      type: 'metric',
      x: x * WIDTH,
      y: y * HEIGHT,
      width: WIDTH,
      height: HEIGHT,
      properties: { ...properties, region: described.settings.region },
    })),
  )
  new CfnDashboard(stack, 'Dashboard', {
    dashboardName: stackName(described.stage, 'site'),
    dashboardBody: stack.toJsonString({ widgets }),
  })
}

function graph(title: string, measured: readonly Measured[]) {
  return {
    title,
    view: 'timeSeries',
    period: PERIOD_SEC,
    metrics: measured.map(({ namespace, name, dimensions, stat, periodSec }) => [
      namespace,
      name,
      ...Object.entries(dimensions).flat(),
      { stat, ...(periodSec === undefined ? {} : { period: periodSec }) },
    ]),
  }
}
