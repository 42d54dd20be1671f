import { setTimeout as after } from 'node:timers/promises'
import type { MotoClients } from '../moto/moto-clients.ts'
import type { World } from '../world.ts'
import { functionAddress } from './function-name.ts'
import type { FunctionRunner } from './function-runner.ts'
import { type CallOutcome, pollOnce } from './queue-polling.ts'
import { clockedSchedule, ScheduleClock } from './schedule-clock.ts'

export interface OwnCallersOptions {
  readonly world: () => World
  readonly clients: MotoClients
  readonly runner: FunctionRunner
  readonly accountId: string
  readonly region: string
  readonly nowMs: () => number
  /** Between two looks at everything. Default 250. */
  readonly everyMs?: number
}

/**
 * Calls functions as AWS does by itself: with what is in their queues, one batch of each at a time, and when a schedule
 * says so. What a schedule calls and fails is not called again before its next turn.
 */
export function startOwnCallers(options: OwnCallersOptions): { readonly stop: () => Promise<void> } {
  const { world, clients, runner, accountId, region, nowMs, everyMs = 250 } = options
  const ending = new AbortController()
  const clock = new ScheduleClock()
  const underWay = new Map<string, Promise<unknown>>()

  const call = async (functionArn: string, event: Buffer): Promise<CallOutcome> => {
    try {
      const { name, qualifier } = functionAddress(functionArn, undefined, { accountId, region })
      const { lambda } = world()
      const { answer, ended } = await runner.begin(lambda, {
        fn: lambda.get(accountId, name, region),
        qualifier,
        event,
      })
      const given = await answer
      await ended
      return given.kind === 'payload' ? { kind: 'answered', payload: given.payload } : { kind: 'failed' }
    } catch {
      // No function of that name, or as many calls as may be: what was taken shows up again.
      return { kind: 'failed' }
    }
  }
  /** One thing of a name at a time, and again as long as there was something to do. */
  const once = (name: string, work: () => Promise<number>) => {
    if (underWay.has(name)) return
    const run = async () => {
      while (!ending.signal.aborted && (await work().catch(() => 0)) > 0);
    }
    underWay.set(
      name,
      run().finally(() => underWay.delete(name)),
    )
  }
  const look = () => {
    const { lambda, kept } = world()
    for (const mapping of lambda.mappings.values()) {
      const { UUID = '', EventSourceArn: queueArn = '', FunctionArn = '', BatchSize: batchSize = 10 } = mapping
      if (mapping.accountId !== accountId || mapping.State !== 'Enabled' || !queueArn.includes(':sqs:')) continue
      const reportsItems = mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') === true
      once(UUID, () =>
        pollOnce(clients(accountId, region).sqs, { queueArn, batchSize, reportsItems }, (event) =>
          call(FunctionArn, Buffer.from(JSON.stringify(event))),
        ),
      )
    }
    const schedules = kept
      .of('AWS::Scheduler::Schedule', accountId)
      .flatMap(({ id, properties }) => clockedSchedule(id, properties) ?? [])
    for (const { name, functionArn, input } of clock.due(schedules, nowMs())) {
      once(name, async () => {
        await call(functionArn, Buffer.from(input))
        return 0
      })
    }
  }
  const looking = (async () => {
    while (!ending.signal.aborted) {
      look()
      await after(everyMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  })()
  return {
    stop: async () => {
      ending.abort()
      await looking
      await Promise.allSettled(underWay.values())
    },
  }
}
