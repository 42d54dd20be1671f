import type { CostInput } from '../cost-input.ts'
import { type CostLine, costLine } from '../cost-line.ts'
import { priceList } from '../price-list.ts'
import { listOf, type StageResources, within } from '../stage-resources.ts'
import { gigabytes, millions } from '../traffic.ts'

/**
 * Metrics that a distribution has more when they are switched on: hit rate, origin latency, and six error codes.
 * @source AWS CloudFront Developer Guide, "View CloudFront and edge function metrics"
 */
const DISTRIBUTION_METRICS = 8

/** An alarm that looks more often than this is of high resolution, seconds. @source Amazon CloudWatch Pricing */
const STANDARD_PERIOD_SEC = 60

export function monitoringLines({ resources, traffic, assumed }: CostInput): readonly CostLine[] {
  const line = (what: string, quantity: number, name: keyof typeof priceList) =>
    costLine('monitoring', what, quantity, priceList[name])
  const { hostPages, zonePages, calls, carried, backendCalls, edgeRequests } = traffic
  const has = (type: string) => (resources.count(type) === 0 ? 0 : 1)
  const functionCalls = hostPages + carried + zonePages + calls + backendCalls
  const ownGb =
    has('AWS::Lambda::Function') * gigabytes(functionCalls, assumed.callLogKb) +
    has('AWS::ApiGatewayV2::Api') * gigabytes(backendCalls, assumed.apiLogKb) +
    has('AWS::RDS::DBProxy') * assumed.databaseLogGb
  const vendedGb =
    has('AWS::EC2::FlowLog') * assumed.flowLogGb +
    has('AWS::WAFv2::LoggingConfiguration') * gigabytes(edgeRequests * assumed.refusedShare, assumed.firewallLogKb) +
    (toLogGroup(resources) ? gigabytes(edgeRequests, assumed.fileLogKb) : 0)
  const alarms = alarmMetrics(resources)
  return [
    line('alarms', alarms.standard, 'alarmMetricMonth'),
    line('alarms of high resolution', alarms.high, 'fastAlarmMetricMonth'),
    line('dashboards', resources.count('AWS::CloudWatch::Dashboard'), 'dashboardMonth'),
    line('metrics read from logs', resources.count('AWS::Logs::MetricFilter'), 'metricMonth'),
    line(
      'more metrics of distributions',
      resources.count('AWS::CloudFront::MonitoringSubscription') * DISTRIBUTION_METRICS,
      'metricMonth',
    ),
    line('log lines of functions, API, database', ownGb, 'logGb'),
    line('log lines of AWS: network, firewalls', vendedGb, 'vendedLogGb'),
    line('log lines kept', (ownGb + vendedGb) * keptMonths(resources) * assumed.logCompression, 'storedLogGb'),
    line('log lines searched', has('AWS::Logs::LogGroup') * assumed.searchedLogGb, 'searchedLogGb'),
    line('traces', tracing(resources) ? millions((hostPages + zonePages + calls) * assumed.tracedShare) : 0, 'traces'),
    line('e-mails of alarms', has('AWS::SNS::Topic') * millions(assumed.alarmMails), 'mails'),
  ]
}

/** Metrics that alarms look at: each costs, those inside an expression too. */
function alarmMetrics(resources: StageResources) {
  let standard = 0
  let high = 0
  for (const alarm of resources.of('AWS::CloudWatch::Alarm')) {
    const looked = listOf(alarm.Metrics).flatMap((query) => within(query, 'MetricStat') ?? [])
    const periods = looked.length === 0 ? [alarm.Period] : looked.map((stat) => within(stat, 'Period'))
    if (Math.min(...periods.map(Number)) < STANDARD_PERIOD_SEC) high += periods.length
    else standard += periods.length
  }
  return { standard, high }
}

/** Months that log lines are kept, over all groups. */
function keptMonths(resources: StageResources): number {
  const days = resources.of('AWS::Logs::LogGroup').map(({ RetentionInDays }) => Number(RetentionInDays))
  return days.length === 0 ? 0 : days.reduce((sum, count) => sum + count, 0) / days.length / 30
}

function toLogGroup(resources: StageResources): boolean {
  return resources
    .of('AWS::Logs::DeliveryDestination')
    .some(({ DestinationResourceArn }) => JSON.stringify(DestinationResourceArn).includes(':log-group:'))
}

function tracing(resources: StageResources): boolean {
  return resources.of('AWS::Lambda::Function').some(({ TracingConfig }) => within(TracingConfig, 'Mode') === 'Active')
}
