import type { FunctionKind } from '@sax/infra/functions'
import type { CostInput } from '../cost-input.ts'
import { type CostLine, costLine } from '../cost-line.ts'
import { priceList } from '../price-list.ts'
import { listOf } from '../stage-resources.ts'
import { millions } from '../traffic.ts'

/** Minutes of a month, as AWS counts it. */
const MINUTES_A_MONTH = 730 * 60

/** Lambda looks into a queue by five long polls of 20 seconds at a time. @source AWS Lambda Developer Guide, "Using Lambda with Amazon SQS"; the number of idle polls is unverified */
const POLLS_A_MINUTE = 15

export function computeLines(input: CostInput): readonly CostLine[] {
  const { resources, traffic, assumed } = input
  const line = (what: string, quantity: number, name: keyof typeof priceList) =>
    costLine('compute', what, quantity, priceList[name])
  const functions = resources
    .of('AWS::Lambda::Function')
    .map((fn) => ({ fn, ...workOf(input, String(fn.FunctionName)) }))
  const seconds = (arm: boolean) =>
    functions
      .filter(({ fn }) => listOf(fn.Architectures).includes('arm64') === arm)
      .reduce((sum, { fn, calls, ms }) => sum + calls * (ms / 1000) * (Number(fn.MemorySize) / 1024), 0)
  const queued = resources.count('AWS::SQS::Queue') === 0 ? 0 : 1
  const polls = resources.count('AWS::Lambda::EventSourceMapping') * POLLS_A_MINUTE * MINUTES_A_MONTH
  return [
    line('function calls', millions(functions.reduce((sum, { calls }) => sum + calls, 0)), 'lambdaRequests'),
    line('function time', seconds(true), 'lambdaArmGbSecond'),
    line('function time, x86', seconds(false), 'lambdaX86GbSecond'),
    line('HTTP API', resources.count('AWS::ApiGatewayV2::Api') * millions(traffic.backendCalls), 'httpApiRequests'),
    // A message is sent, received and deleted, the last two in batches.
    line('queues', queued * millions(polls + assumed.messages * (1 + 2 / assumed.messagesABatch)), 'sqsRequests'),
    line(
      'schedules',
      millions(resources.of('AWS::Scheduler::Schedule').reduce((sum, one) => sum + runsOf(one), 0)),
      'schedulerCalls',
    ),
  ]
}

/** How often a function is called and how long a call takes on average. */
function workOf(
  { kindOf, traffic, assumed, resources }: CostInput,
  functionName: string,
): { readonly calls: number; readonly ms: number } {
  const runs = resources.of('AWS::Scheduler::Schedule').reduce((sum, one) => sum + runsOf(one), 0)
  const average = (parts: readonly (readonly [calls: number, ms: number])[]) => {
    const calls = parts.reduce((sum, [count]) => sum + count, 0)
    return { calls, ms: calls === 0 ? 0 : parts.reduce((sum, [count, ms]) => sum + count * ms, 0) / calls }
  }
  const kind: FunctionKind | undefined = kindOf(functionName)
  switch (kind) {
    case 'host-pages':
      // The host waits for what it carries.
      return average([
        [traffic.hostPages, assumed.hostPageMs],
        [traffic.carried === 0 ? 0 : traffic.zonePages, assumed.zonePageMs + assumed.carryMs],
        [traffic.carried === 0 ? 0 : traffic.calls, assumed.zoneApiMs + assumed.carryMs],
      ])
    case 'zone-pages':
      return { calls: traffic.zonePages, ms: assumed.zonePageMs }
    case 'zone-api-routes':
      return { calls: traffic.calls, ms: assumed.zoneApiMs }
    case 'backend':
      return { calls: traffic.backendCalls, ms: assumed.backendMs }
    case 'worker':
      return { calls: assumed.messages / assumed.messagesABatch + runs, ms: assumed.workerMs }
    default:
      // Migrations run once a release.
      return { calls: assumed.releases, ms: 1000 }
  }
}

/** How often a schedule runs, a month. Rates in minutes, hours or days are understood; another expression counts as hourly. */
export function runsOf({ ScheduleExpression: expression }: Readonly<Record<string, unknown>>): number {
  const [, count = '1', unit = 'hour'] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(expression)) ?? []
  const minutes = { minute: 1, hour: 60, day: 1440 }[unit] ?? 60
  return MINUTES_A_MONTH / (Number(count) * minutes)
}
