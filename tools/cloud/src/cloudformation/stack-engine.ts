import { setTimeout } from 'node:timers/promises'
import type { Lambda } from '@aws-sdk/client-lambda'
import type { MotoClients } from '../moto/moto-clients.ts'
import type { Faults } from '../server/faults.ts'
import type { Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import type { World } from '../world.ts'
import type { Engine } from './engine/engine.ts'

export interface StackEngineParts {
  readonly world: World
  readonly clients: MotoClients
  readonly faults: Faults
  readonly lambda: Handlers<Lambda>
  /** So long each resource takes. */
  readonly resourcePauseMs: number
}

/** What stacks work with, and what may go wrong with it on purpose. */
export function stackEngine({ world, clients, faults, lambda, resourcePauseMs }: StackEngineParts): Engine {
  return {
    workOn: ({ accountId, region, name }, logicalId) => ({
      ...{ accountId, region, stackName: name, logicalId, world, lambda, signal: world.ending.signal },
      clients: clients(accountId, region),
      say: () => undefined,
    }),
    before: async ({ accountId, logicalId, signal }, action, resourceType) => {
      if (resourcePauseMs > 0) await pause(resourcePauseMs, signal)
      const struck = faults.strike({ service: 'cloudformation', action, accountId, resource: logicalId, resourceType })
      if (struck === undefined) return
      const { effect, removed } = struck
      switch (effect.kind) {
        case 'error':
          throw new AwsError(effect.code, effect.message ?? `${effect.code}, injected.`, effect.status)
        case 'drop':
          throw new AwsError('ServiceUnavailable', 'The connection to the service was cut.', 503)
        case 'freeze':
          await removed
          break
        case 'delay':
          await Promise.race([removed, pause(effect.ms, signal)])
      }
      signal.throwIfAborted()
    },
  }
}

/** @throws Error when the cloud starts over meanwhile */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal })
}
