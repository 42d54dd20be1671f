import type { DeployedStage } from '@sax/infra/account-facts'
import { develop, quietProgress } from '../../../test/infra/fakes.ts'
import { AwsFailure } from '../../aws/aws-failure.ts'
import type { HowOften } from '../../aws/invoke.ts'
import type { DeployPorts } from '../../commands/deploy.ts'
import type { PrunePorts } from '../../commands/prune.ts'
import type { SeenAlarm } from '../alarms.ts'
import type { ArtefactAtHand, ReleasePorts, StageProbe } from '../ports.ts'
import { type StageLayout, stageLayout } from '../stage-layout.ts'
import { memoryBucket, type Objects } from './memory-bucket.ts'
import { type MemoryFunction, memoryFunctions, placeholderFunction } from './memory-functions.ts'
import { owedProbes } from './owed-probes.ts'
import { runTiny, type TinyDatabase } from './run-tiny.ts'

/** Thrown in place of everything that a process does after it was killed. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

export interface Breaking {
  /** The call that is the last one, from 1. */
  readonly call: number
  readonly when: 'before' | 'after'
}

/** A stage in memory, and the world around it. It outlives the processes that work on it. */
export interface MemoryStage {
  readonly layout: StageLayout
  readonly buckets: Map<string, Objects>
  readonly functions: Map<string, MemoryFunction>
  readonly database: TinyDatabase
  readonly invalidated: { readonly distribution: string; readonly paths: readonly string[] }[]
  readonly stacks: Map<string, string>
  /** Versions that run: whoever calls another one waits for its start. */
  readonly running: Set<string>
  clockMs: number
  /** How an alarm stands. Undefined: these credentials may not look. */
  alarms: ((name: string) => SeenAlarm['state'] | 'is not there') | undefined
  /** Whether the stage is seen through its public names as it is. Undefined: it is. */
  probes: ((releases: Readonly<Record<string, string>>) => readonly StageProbe[]) | undefined
  /** Ports of a process. Each has a clock of its own, and calls that are counted. */
  readonly process: (more?: { readonly person?: string; readonly breaking?: Breaking }) => Process
}

export interface Process {
  readonly ports: ReleasePorts
  readonly calls: readonly string[]
  interrupted: boolean
  readonly deployPorts: (artefact: ArtefactAtHand) => DeployPorts
  readonly prunePorts: () => PrunePorts
}

export function memoryStage(stage: DeployedStage = 'develop'): MemoryStage {
  const layout = stageLayout(stage, develop)
  const buckets = new Map<string, Objects>()
  const functions = new Map(
    layout.functions.map(({ functionName, role }) => [functionName, placeholderFunction(urlOf(role))]),
  )
  const world: MemoryStage = {
    layout,
    buckets,
    functions,
    database: { applied: [] },
    invalidated: [],
    running: new Set(),
    stacks: new Map(layout.stacks.map((name) => [name, 'UPDATE_COMPLETE'])),
    clockMs: Date.parse('2026-11-28T12:00:00Z'),
    alarms: () => 'OK',
    probes: undefined,
    process: (more) => processOn(world, more ?? {}),
  }
  return world
}

function urlOf(role: string): MemoryFunction['url'] {
  const isBehindUrl = role === 'outreach-api-routes' || role.endsWith('-server')
  return isBehindUrl ? { invokeMode: 'RESPONSE_STREAM', authType: 'AWS_IAM' } : undefined
}

/** What `stage` has come to, in a stage of its own. Its clock goes on. */
export function copyOf(stage: MemoryStage): MemoryStage {
  const copy = memoryStage(stage.layout.stage)
  for (const [name, objects] of stage.buckets) copy.buckets.set(name, new Map(objects))
  for (const [name, one] of stage.functions) copy.functions.set(name, structuredClone(one))
  copy.database.applied.push(...stage.database.applied)
  copy.clockMs = stage.clockMs
  return copy
}

let runs = 0

function processOn(
  world: MemoryStage,
  { person = 'jane', breaking }: { readonly person?: string; readonly breaking?: Breaking },
): Process {
  const calls: string[] = []
  let isDead = false
  /** The same object, whose calls take a millisecond each and end with the process. */
  const counted = <Port extends object>(name: string, port: Port): Port =>
    Object.fromEntries(
      Object.entries(port).map(([method, work]) => [
        method,
        async (...args: unknown[]) => {
          if (isDead) throw new Killed()
          calls.push(`${name}.${method} ${typeof args[0] === 'string' ? args[0] : ''}`)
          world.clockMs += 1
          const isLast = calls.length === breaking?.call
          if (isLast && breaking.when === 'before') {
            isDead = true
            throw new Killed()
          }
          const result = await (work as (...all: unknown[]) => Promise<unknown>)(...args)
          if (!isLast) return result
          isDead = true
          throw new Killed()
        },
      ]),
    ) as Port
  const bucket = (name: string) => {
    const objects = world.buckets.get(name) ?? new Map()
    world.buckets.set(name, objects)
    return memoryBucket(objects, () => world.clockMs)
  }
  const wait = async (ms: number) => {
    if (isDead) throw new Killed()
    world.clockMs += ms
  }
  const stagePorts = () => ({
    facts: () => ({ kind: 'facts', facts: develop, shown: 'accounts/develop.json' }) as const,
    identity: { accountId: async () => develop.accountId },
    release: () => process.ports,
  })
  const nameOf = new Map(world.layout.functions.map(({ functionName, role }) => [functionName, role]))
  const one = counted('stage', {
    invoke: async (functionName: string, version: string, event: unknown) => {
      const code = world.functions.get(functionName)?.versions.get(version)?.code
      // Slower than a second request may be.
      if (code?.includes('"flaw":"is slow"') === true) world.clockMs += 4000
      const invoked = runTiny(nameOf.get(functionName) ?? '', code, event, world.database)
      return startOf(world, functionName, version) && invoked.kind === 'answered'
        ? { ...invoked, initMs: STARTS_MS }
        : invoked
    },
    invokeOften: async (functionName: string, version: string, newEvent: () => unknown, { onStart }: HowOften) => {
      if (startOf(world, functionName, version)) onStart?.(STARTS_MS)
      runTiny(
        nameOf.get(functionName) ?? '',
        world.functions.get(functionName)?.versions.get(version)?.code,
        newEvent(),
        world.database,
      )
    },
    probe: async (expected: Readonly<Record<string, string>>) =>
      world.probes?.(expected) ?? seenAsItIs(world, expected),
    alarms: async (asked: readonly string[]) => {
      const { alarms } = world
      if (alarms === undefined) throw mayNotLook()
      return asked.flatMap((name) => {
        const state = alarms(name)
        return state === 'is not there' ? [] : [{ name, state, soonestSec: 60 }]
      })
    },
    person: async () => person,
    lint: async () => ({ kind: 'good', told: 'clean' }) as const,
    secrets: async () => ({ kind: 'good', told: 'agree' }) as const,
  })
  const process: Process = {
    calls,
    interrupted: false,
    ports: {
      releases: counted('releases', bucket(world.layout.releaseBucket)),
      assets: (name) => counted('assets', bucket(name)),
      functions: counted('functions', memoryFunctions(world.functions)),
      ...one,
      distributions: counted('distributions', {
        invalidate: async (distribution: string, paths: readonly string[]) => {
          world.invalidated.push({ distribution, paths })
          return `I${world.invalidated.length}`
        },
        isInvalidated: async () => true,
        state: async (id: string) => ({
          status: 'Deployed',
          isEnabled: true,
          aliases: [id.replace(/^E-/, '')],
          origins: {},
        }),
      }),
      stacks: counted('stacks', {
        status: async (name: string) => world.stacks.get(name),
        physicalIds: async () =>
          Object.fromEntries(
            world.layout.distributions.map(({ zone, logicalId }) => [logicalId, `E-${world.layout.hostNames[zone]}`]),
          ),
      }),
      isInterrupted: () => process.interrupted,
      newId: () => {
        runs += 1
        return `run${runs}`
      },
      now: () => new Date(world.clockMs),
      wait,
      everyMs: 1000,
      lock: { elapsedMs: () => world.clockMs, now: () => new Date(world.clockMs), wait, repeat: () => () => undefined },
      progress: quietProgress(),
    },
    deployPorts: (artefact) => ({
      ...stagePorts(),
      artefact: async () => artefact,
      gateResults: async (digest) =>
        ['check', 'test', 'infra-check', 'rehearsal'].map((gate) => ({
          ...{ format: 1, gate, digest, release: 'x', commit: 'x', command: ['x'], exitCode: 0 },
          ...{ startedAt: 'x', endedAt: 'x', who: 'ci' },
        })),
    }),
    prunePorts: () => ({
      ...stagePorts(),
      bucket: (name) => counted('pruned', bucket(name)),
      functions: counted('pruned', memoryFunctions(world.functions)),
    }),
  }
  return process
}

/** How long every function takes to start there. */
export const STARTS_MS = 640

/** True once of each version. */
function startOf({ running }: MemoryStage, functionName: string, version: string): boolean {
  const key = `${functionName}:${version}`
  if (running.has(key)) return false
  running.add(key)
  return true
}

function mayNotLook(): AwsFailure {
  const message = 'These credentials may not do cloudwatch:DescribeAlarms.'
  return new AwsFailure({
    ...{ code: 'denied', action: 'cloudwatch:DescribeAlarms', errorName: 'AccessDenied', message },
    next: 'Ask for that permission.',
  })
}

/** What a browser would see: each role says the release of the version behind its alias. */
function seenAsItIs(world: MemoryStage, expected: Readonly<Record<string, string>>): readonly StageProbe[] {
  const isIt = Object.entries(expected).every(([role, release]) => {
    const name = world.layout.functions.find((one) => one.role === role)?.functionName ?? ''
    const fn = world.functions.get(name)
    const code = fn?.versions.get(fn.alias.version)?.code ?? '{}'
    // Of two versions now the one answers and now the other.
    if (fn?.alias.shared !== undefined) return false
    return code !== 'placeholder' && (JSON.parse(code) as { release?: string }).release === release
  })
  return owedProbes(isIt ? 'kept' : 'broken')
}

/** What people reach, as far as anything of it can be told: to be compared. */
export function reached({ functions, layout, buckets }: MemoryStage) {
  return {
    code: Object.fromEntries(
      layout.functions.map(({ role, functionName }) => {
        const fn = functions.get(functionName)
        return [role, fn?.versions.get(fn.alias.version)?.code]
      }),
    ),
    shared: layout.functions.flatMap(({ role, functionName }) => {
      const shared = functions.get(functionName)?.alias.shared
      return shared === undefined ? [] : [{ role, weight: shared.weight }]
    }),
    logo: new TextDecoder().decode(
      buckets.get('sax-nextjs-us-east-1-develop-outreach-assets')?.get('outreach-static/logo of it.svg')?.bytes,
    ),
  }
}
