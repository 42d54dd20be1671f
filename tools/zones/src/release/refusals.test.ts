import { describe, expect, test } from 'vitest'
import { type DeployArguments, deploy } from '../commands/deploy.ts'
import { promote } from '../commands/promote.ts'
import { rollback } from '../commands/rollback.ts'
import type { ChangeOutcome } from '../outcome.ts'
import type { ArtefactAtHand, DistributionState, ReleasePorts } from './ports.ts'
import type { FunctionState } from './released-functions.ts'
import { type MemoryStage, memoryStage, reached } from './test/memory-stage.ts'
import { type TinyArtefact, tinyArtefact } from './test/tiny-artefact.ts'

const one = tinyArtefact({ version: '1.0.0' })
const two = tinyArtefact({ version: '2.0.0' })
const usual: DeployArguments = {
  ...{ stage: 'develop', zone: undefined, dryRun: false, json: false, overrides: [], lockTtlSec: 60 },
}
const back = { stage: 'develop', to: undefined, zone: undefined, json: false, lockTtlSec: 60 }
const FILES = 'sax-nextjs-us-east-1-develop-outreach-assets'

/** What a world does otherwise than it should, to whoever works on `stage`. */
type Spoil = (ports: ReleasePorts, stage: MemoryStage) => Partial<ReleasePorts>

async function stageWith(...artefacts: readonly TinyArtefact[]): Promise<MemoryStage> {
  const stage = memoryStage()
  for (const artefact of artefacts) {
    expect(await deploy(usual, stage.process().deployPorts(artefact))).toMatchObject({ kind: 'done' })
  }
  return stage
}

function portsOf(stage: MemoryStage, artefact: ArtefactAtHand, spoil: Spoil) {
  const { ports, deployPorts } = stage.process()
  const spoiled = { ...ports, ...spoil(ports, stage) }
  return { ...deployPorts(artefact), release: () => spoiled }
}

const nameOf = ({ layout }: MemoryStage, role: string) =>
  layout.functions.find((fn) => fn.role === role)?.functionName ?? ''
const backendOf = (stage: MemoryStage) => nameOf(stage, 'outreach-api')
const objectsOf = (stage: MemoryStage) => stage.buckets.get(stage.layout.releaseBucket) ?? new Map()
const recordsOf = (stage: MemoryStage) => [...objectsOf(stage).keys()].filter((key) => key.startsWith('records/'))
const lockOf = (stage: MemoryStage) => JSON.parse(new TextDecoder().decode(objectsOf(stage).get('lock.json')?.bytes))
const never =
  <Value>(value: Value) =>
  async () =>
    value

/** The backend as it should be, but for `change`. */
const backendIs =
  (change: Partial<FunctionState>, isMeant = (version: string | undefined) => version === undefined): Spoil =>
  ({ functions }, stage) => ({
    functions: {
      ...functions,
      state: async (name, version) => {
        const state = await functions.state(name, version)
        return state === undefined || name !== backendOf(stage) || !isMeant(version) ? state : { ...state, ...change }
      },
    },
  })

const distributionIs =
  (change: Partial<DistributionState>): Spoil =>
  ({ distributions }) => ({
    distributions: {
      ...distributions,
      state: async (id) => {
        const state = await distributions.state(id)
        return state === undefined || id !== 'E-dev.mydreamconnect.com' ? state : { ...state, ...change }
      },
    },
  })

const altered = (manifest: Partial<TinyArtefact['manifest']>): TinyArtefact => ({
  ...two,
  manifest: { ...two.manifest, ...manifest },
})
const withBackend = (change: object) =>
  altered({ functions: two.manifest.functions.map((fn) => (fn.role === 'outreach-api' ? { ...fn, ...change } : fn)) })

describe('before any change it is refused, with what comes next', () => {
  test.each<[why: string, sentence: RegExp, spoil: Spoil, artefact?: ArtefactAtHand, more?: Partial<DeployArguments>]>([
    [
      'paths have two owners',
      /The routing of develop has mistakes\.\n +Next: npx zones lint/,
      () => ({ lint: never({ kind: 'bad', reason: 'The routing of develop has mistakes.' } as const) }),
    ],
    [
      'a stack is not there',
      /There is no stack sleepconnect-develop\.\n +Next: npx zones infra status develop/,
      (_, stage) => {
        stage.stacks.delete('sleepconnect-develop')
        return {}
      },
    ],
    [
      'a function has no alias',
      /outreach-api_develop is not there, or has no alias live\./,
      ({ functions }, stage) => ({
        functions: {
          ...functions,
          alias: async (name) => (name === backendOf(stage) ? undefined : functions.alias(name)),
        },
      }),
    ],
    [
      'the stage lacks a function',
      /The stage has no function for outreach-nobody\./,
      () => ({}),
      altered({
        functions: [...two.manifest.functions, ...two.manifest.functions.slice(0, 1)].map((fn, index, all) =>
          index === all.length - 1 ? { ...fn, role: 'outreach-nobody' } : fn,
        ),
      }),
    ],
    [
      'a function is of another architecture',
      /is x86_64, and the release is built for arm64\./,
      backendIs({ architecture: 'x86_64' }),
    ],
    [
      'a function starts elsewhere',
      /starts at main\.run, and the release at index\.handler\./,
      backendIs({ handler: 'main.run' }),
    ],
    [
      'a function did not take its last change',
      /did not take its last change: no room in the subnet\./,
      backendIs({ failure: 'no room in the subnet' }),
    ],
    [
      'a function has no address at its alias',
      /outreach-server_develop has no URL at its alias, and the release needs RESPONSE_STREAM\./,
      ({ functions }, stage) => ({
        functions: {
          ...functions,
          url: async (name) => (name === nameOf(stage, 'outreach-server') ? undefined : functions.url(name)),
        },
      }),
    ],
    [
      'an alias names a version that is gone',
      /outreach-api_develop has no version 2, which its alias names\./,
      (_, stage) => {
        stage.functions.get(backendOf(stage))?.versions.delete('2')
        return {}
      },
    ],
    [
      'a distribution is gone',
      /The distribution of sleepconnect is not there\./,
      ({ distributions }) => ({ distributions: { ...distributions, state: never(undefined) } }),
    ],
    [
      'a distribution is disabled',
      /The distribution of sleepconnect is disabled\./,
      distributionIs({ isEnabled: false }),
    ],
    [
      'a distribution is on its way',
      /The distribution of sleepconnect is still on its way to the edges\./,
      distributionIs({ status: 'InProgress' }),
    ],
    [
      'a distribution has another name',
      /The distribution of sleepconnect does not answer to dev\.mydreamconnect\.com\./,
      distributionIs({ aliases: ['somebody.example'] }),
    ],
    [
      'a package is too large',
      /The zip of outreach-api has 60\.0 MB; Lambda takes 50\./,
      () => ({}),
      withBackend({ bytes: 60 * 1024 * 1024 }),
    ],
    [
      'a gate is left out that there is not',
      /There is no gate luck before develop\. Gates: check, test, infra-check, rehearsal\./,
      () => ({}),
      two,
      { overrides: [{ gate: 'luck', because: 'nobody believes in it' }] },
    ],
    [
      'what is written down cannot be read',
      /live\.json in the bucket of releases is not what this version writes\. Look at its former versions in S3\./,
      (_, stage) => {
        spoilObject(stage, 'live.json', '{"format": 2}')
        return {}
      },
    ],
    [
      'what is live is not kept',
      new RegExp(`The artefact ${one.manifest.digest.slice(0, 12)} is not kept in the bucket of releases\\.`),
      (_, stage) => {
        objectsOf(stage).delete(`artefacts/${one.manifest.digest}/manifest.json`)
        return {}
      },
    ],
  ])('where %s', async (_why, sentence, spoil, artefact = two, more = {}) => {
    const stage = await stageWith(one)
    const records = recordsOf(stage)
    const ports = portsOf(stage, artefact, spoil)
    const before = reached(stage)
    const outcome = await deploy({ ...usual, ...more }, ports)
    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringMatching(sentence) })
    expect(outcome).toMatchObject({ reason: expect.stringMatching(/Nothing was changed\.$/) })
    expect(reached(stage)).toEqual(before)
    expect(recordsOf(stage)).toEqual(records)
    expect(lockOf(stage).state).toBe('free')
  })
})

function spoilObject(stage: MemoryStage, key: string, text: string): void {
  const stored = objectsOf(stage).get(key)
  if (stored !== undefined) objectsOf(stage).set(key, { ...stored, bytes: new TextEncoder().encode(text) })
}

/** Once the new code of the backend was brought, `then` happens. */
const afterUpload =
  (then: (stage: MemoryStage) => Partial<ReleasePorts['functions']>): Spoil =>
  ({ functions }, stage) => {
    let now: Partial<ReleasePorts['functions']> = {}
    return {
      functions: {
        ...functions,
        state: (...about) => (now.state ?? functions.state)(...about),
        publish: (...about) => (now.publish ?? functions.publish)(...about),
        upload: async (name, ...what) => {
          await functions.upload(name, ...what)
          if (name === backendOf(stage)) now = then(stage)
        },
      },
    }
  }

/** The backend's new code, as Lambda tells of it, but for `change`. */
const newCodeIs =
  (change: Partial<FunctionState>): Spoil =>
  (ports, stage) =>
    afterUpload(() => ({
      state: async (name, version) => {
        const state = await ports.functions.state(name, version)
        const isMeant = name === backendOf(stage) && version === undefined
        return state === undefined || !isMeant ? state : { ...state, ...change }
      },
    }))(ports, stage)

/** What a function of a new version answers to that event in place of what it should. */
const answers =
  (sax: string, payload: unknown): Spoil =>
  ({ invoke }) => ({
    invoke: async (name, version, event) =>
      (event as { sax?: string }).sax === sax && version === '3'
        ? { kind: 'answered', payload, executedVersion: undefined }
        : invoke(name, version, event),
  })

describe('what goes wrong before people see it is told, and no alias moves', () => {
  test.each<[why: string, sentence: string, spoil: Spoil, artefact?: ArtefactAtHand]>([
    [
      'a file with a hash in its name is there with another content',
      'outreach-static/_next/static/2.0.0.js is there with another content, though its name has a hash in it.',
      (_, stage) => {
        const same = stage.buckets.get(FILES)?.get('outreach-static/_next/static/same.js')
        if (same !== undefined) stage.buckets.get(FILES)?.set('outreach-static/_next/static/2.0.0.js', same)
        return {}
      },
    ],
    [
      'Lambda does not take the code',
      'outreach-api_develop did not take its code: InvalidZipFile',
      newCodeIs({ failure: 'InvalidZipFile' }),
    ],
    ['Lambda is never ready', 'outreach-api_develop took longer than 300 s.', newCodeIs({ isSettled: false })],
    [
      'a function is taken away',
      'outreach-api_develop is no longer there.',
      ({ functions }, stage) =>
        afterUpload(() => ({
          state: async (name, version) => (name === backendOf(stage) ? undefined : functions.state(name, version)),
        }))({ functions } as ReleasePorts, stage),
    ],
    [
      'somebody else brings code',
      'Somebody else brought code to',
      afterUpload((stage) => {
        const fn = stage.functions.get(backendOf(stage))
        if (fn !== undefined) fn.latest = { ...fn.latest, code: 'of somebody else' }
        return {}
      }),
    ],
    [
      'another version is published',
      'Version 1 of sax-lambda-us-east-1-0x-d-outreach-api_develop is not what was published.',
      ({ functions }, stage) =>
        afterUpload(() => ({
          publish: async (name, given) => (name === backendOf(stage) ? '1' : functions.publish(name, given)),
        }))({ functions } as ReleasePorts, stage),
    ],
    [
      'a migration is not there although it was applied',
      '0002_second.sql was applied and is not there.',
      answers('migrations-apply', { applied: ['0002_second.sql'] }),
      tinyArtefact({
        version: '2.0.0',
        migrations: [
          { name: '0001_first.sql', kind: 'expand' },
          { name: '0002_second.sql', kind: 'expand' },
        ],
      }),
    ],
    [
      'the database cannot be asked',
      'outreach-migrations version 3 gave no answer to migrations-status that can be read.',
      answers('migrations-status', { says: 'nothing' }),
    ],
    ['the host mints nothing', 'The host mints no token for verification.', answers('verification-token', {})],
  ])('%s', async (_why, sentence, spoil, artefact = two) => {
    const stage = await stageWith(one)
    const before = reached(stage)
    const outcome = await deploy(usual, portsOf(stage, artefact, spoil))
    expect(outcome).toMatchObject({ kind: 'stopped', reason: expect.stringContaining(sentence) })
    expect(outcome).toMatchObject({ reason: expect.stringContaining('no alias was moved') })
    expect(reached(stage)).toEqual(before)
    expect(lockOf(stage).state).toBe('free')
    // What was in the way is gone, and the same command goes on to the end.
    stage.buckets.get(FILES)?.delete('outreach-static/_next/static/2.0.0.js')
    for (const fn of stage.functions.values()) fn.settling = 0
    expect(await deploy(usual, stage.process().deployPorts(artefact))).toMatchObject({ kind: 'done' })
  })
})

describe('what goes wrong once people may see it', () => {
  const isUndone = /Everything was put back, and people reach what they reached before\./
  const goesOn = /Something was changed; the same command continues, and npx zones rollback develop undoes\.$/

  test.each<[why: string, sentence: string, then: RegExp, spoil: Spoil]>([
    [
      'an alias does not move',
      'was moved and is not there.',
      isUndone,
      ({ functions }) => ({ functions: { ...functions, moveAlias: async () => undefined } }),
    ],
    [
      'a file without a hash is not written',
      'outreach-static/logo of it.svg was written and is not what was written.',
      isUndone,
      ({ assets }) => ({
        assets: (name) => {
          const bucket = assets(name)
          return {
            ...bucket,
            put: async (key, bytes, facts, on) => (on === 'any' ? 'written' : bucket.put(key, bytes, facts, on)),
          }
        },
      }),
    ],
    [
      'an alias is taken away',
      'has no alias any more.',
      goesOn,
      ({ functions }, stage) => {
        let isMoving = false
        return {
          functions: {
            ...functions,
            moveAlias: async (...about) => {
              await functions.moveAlias(...about)
              isMoving = true
            },
            alias: async (name) => (isMoving && name === backendOf(stage) ? undefined : functions.alias(name)),
          },
        }
      },
    ],
    [
      'a distribution is taken away',
      'The distribution of sleepconnect is not there.',
      goesOn,
      ({ functions, stacks }) => {
        let isMoving = false
        return {
          functions: {
            ...functions,
            moveAlias: async (...about) => {
              await functions.moveAlias(...about)
              isMoving = true
            },
          },
          stacks: { ...stacks, physicalIds: async (name) => (isMoving ? {} : stacks.physicalIds(name)) },
        }
      },
    ],
    [
      'an edge forgets nothing',
      'The invalidation of sleepconnect took longer than 900 s.',
      goesOn,
      ({ distributions }) => ({ distributions: { ...distributions, isInvalidated: never(false) } }),
    ],
    [
      'somebody writes what is live',
      'Somebody else wrote what is live meanwhile.',
      goesOn,
      ({ releases }) => ({
        releases: {
          ...releases,
          write: async (key, text, condition) =>
            key === 'live.json' ? { kind: 'overtaken' } : releases.write(key, text, condition),
        },
      }),
    ],
    [
      'somebody else begins',
      'Somebody else has begun to work on this stage. This run changes nothing more.',
      goesOn,
      ({ releases }) => ({
        releases: {
          ...releases,
          write: async (key, text, condition) =>
            key === 'work.json' && text.includes('"switching"')
              ? { kind: 'overtaken' }
              : releases.write(key, text, condition),
        },
      }),
    ],
  ])('%s: it is told, and what comes next', async (_why, sentence, then, spoil) => {
    const stage = await stageWith(one)
    const before = reached(stage)
    const outcome = await deploy(usual, portsOf(stage, two, spoil))
    expect(outcome).toMatchObject({ kind: 'stopped', reason: expect.stringContaining(sentence) })
    expect(outcome).toMatchObject({ reason: expect.stringMatching(then) })
    if (then === isUndone) expect(reached(stage)).toEqual(before)
    else expect(await deploy(usual, stage.process().deployPorts(two))).toMatchObject({ kind: 'done' })
  })
})

describe('a rollback is refused', () => {
  const refusedBack = async (stage: MemoryStage, sentence: string): Promise<ChangeOutcome> => {
    const before = reached(stage)
    const outcome = await rollback(back, stage.process().deployPorts(one))
    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining(sentence) })
    expect(outcome).toMatchObject({
      reason: expect.stringMatching(/(npx zones deploy develop --artefact|without --zone).*Nothing was changed\.$/),
    })
    expect(reached(stage)).toEqual(before)
    return outcome
  }
  const liveOf = (stage: MemoryStage) => JSON.parse(new TextDecoder().decode(objectsOf(stage).get('live.json')?.bytes))

  test('where nothing was live before', async () => {
    const stage = await stageWith(one, two)
    spoilObject(stage, 'live.json', JSON.stringify({ ...liveOf(stage), previous: null }))
    await refusedBack(stage, 'Nothing was live in develop before what is live now.')
  })

  test('to a version that is not the one that was live', async () => {
    const stage = await stageWith(one, two)
    const fn = stage.functions.get(backendOf(stage))
    fn?.versions.set('2', { code: 'of somebody else', variables: {} })
    await refusedBack(stage, 'Version 2 of outreach-api is not the one that was live.')
  })

  test('to a backend whose artefact is not kept', async () => {
    const stage = await stageWith(one, two)
    objectsOf(stage).delete(`artefacts/${one.manifest.digest}/manifest.json`)
    await refusedBack(stage, 'nobody can say what it needs of the database.')
  })

  test('to parts that would not understand those that stay', async () => {
    const speaking = (version: string, api: number, accepts: readonly number[]) =>
      tinyArtefact({
        version,
        contracts: {
          'outreach-api-routes': { accepts: {}, speaks: { api: { version: api, to: ['outreach-api'] } } },
          'outreach-api': { accepts: { api: [...accepts] }, speaks: {} },
        },
      })
    const stage = await stageWith(speaking('1.0.0', 1, [1]), speaking('2.0.0', 1, [1, 2]), speaking('3.0.0', 2, [1, 2]))
    const before = reached(stage)
    const outcome = await rollback(
      { ...back, to: speaking('1.0.0', 1, [1]).manifest.release, zone: 'api' },
      stage.process().deployPorts(one),
    )
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/would not understand each other on the way: outreach-api-routes speaks api 2 to/),
    })
    expect(reached(stage)).toEqual(before)
  })
})

test('nothing is promoted whose record does not say that it was seen', async () => {
  const from = await stageWith(one)
  const live = JSON.parse(new TextDecoder().decode(objectsOf(from).get('live.json')?.bytes))
  const record = JSON.parse(new TextDecoder().decode(objectsOf(from).get(live.record)?.bytes))
  spoilObject(from, live.record, JSON.stringify({ ...record, probes: [] }))
  const to = memoryStage('staging')
  const how = { dryRun: false, json: false, overrides: [], lockTtlSec: 60 }
  const outcome = await promote(
    { from: 'develop', to: 'staging', ...how },
    { from: from.process().deployPorts(one), to: to.process().deployPorts(one) },
  )
  expect(outcome).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(
      /^Nothing says that what is live in develop was seen.* npx zones deploy develop .*Nothing was changed\.$/,
    ),
  })
  expect(objectsOf(to).size).toBe(0)
})

describe('infrastructure and releases go together both ways', () => {
  const needing = altered({
    functions: two.manifest.functions.map((fn) =>
      fn.role === 'outreach-api-routes' ? { ...fn, needs: ['STAGE', 'PUBLIC_NAMES', 'ANOTHER'] } : fn,
    ),
  })
  const routesOf = (stage: MemoryStage) => {
    const found = stage.functions.get(nameOf(stage, 'outreach-api-routes'))
    if (found === undefined) throw new RangeError('no function')
    return found
  }
  const apply = (stage: MemoryStage) => {
    const fn = routesOf(stage)
    fn.latest = { ...fn.latest, variables: { ...fn.latest.variables, PUBLIC_NAMES: 'a.example', ANOTHER: '1' } }
  }

  test('a release that needs a setting waits for the infrastructure that gives it, and is told so before any change', async () => {
    const stage = await stageWith(one)
    const before = reached(stage)
    const outcome = await deploy(usual, stage.process().deployPorts(needing))
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(
        /outreach-api-routes_develop has no PUBLIC_NAMES, ANOTHER, without which this release of it does not start: the infrastructure is to be applied first\.\n +Next: npx zones infra apply develop\n/,
      ),
    })
    expect(reached(stage)).toEqual(before)
    apply(stage)
    expect(await deploy(usual, stage.process().deployPorts(needing))).toMatchObject({ kind: 'done' })
  })

  test('on newer infrastructure the release before runs on, and is gone back to with the settings it had', async () => {
    const stage = await stageWith(one)
    apply(stage)
    expect(await deploy(usual, stage.process().deployPorts(needing))).toMatchObject({ kind: 'done' })
    expect(await rollback(back, stage.process().deployPorts(one))).toMatchObject({ kind: 'done' })
    const { versions, alias } = routesOf(stage)
    expect(versions.get(alias.version)?.variables).toEqual({ STAGE: 'develop' })
    expect(await deploy(usual, stage.process().deployPorts(one))).toMatchObject({ kind: 'done' })
  })
})
