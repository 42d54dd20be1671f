import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  ListSecretVersionIdsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { type Cloud, startCloud } from '@sax/cloud'
import { secretId, secretNames } from '@sax/infra/secrets'
import pico from 'picocolors'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createIdentity } from '../aws/identity.ts'
import { createFunctionEnvironments } from '../aws/lambda-environment.ts'
import { createSecretStore } from '../aws/secrets-manager.ts'
import { fingerprintUnder } from '../secrets/fingerprint.ts'
import type { Person } from '../secrets/person.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { facts, person, shownFacts } from '../secrets/test/stage-ports.ts'
import { secretsCheck } from './secrets-check.ts'
import { type SecretsRotateArguments, secretsRotate } from './secrets-rotate.ts'
import { type SecretsSetArguments, secretsSet } from './secrets-set.ts'

const OWN = facts.accountId
const clientSecret = 'Vt4mQ8sLz2Kx9RfJw6Yb3NhCd7Gp5Ea1Uo0Ti-IAVt4mQ8sLz2Kx9RfJw6Yb3NhC'
const token = '5e0f1d2c3b4a59687786a5b4c3d2e1f0'
const id = (name: (typeof secretNames)[number]) => secretId('develop', name)

let cloud: Cloud
beforeAll(async () => {
  cloud = await startCloud({ accountId: OWN })
})
afterAll(() => cloud.stop())
afterEach(() => vi.unstubAllEnvs())

/** From now on this process's AWS settings are these. */
const become = (env: Readonly<Record<string, string>>) => {
  for (const [name, value] of Object.entries({ AWS_SESSION_TOKEN: '', ...env })) vi.stubEnv(name, value)
}
const settings = (maxAttempts = 1) => ({ region: 'us-east-1', endpoint: cloud.endpoint, maxAttempts })
const manager = () => new SecretsManagerClient(settings())

/** The secrets as the infrastructure makes them: without a value. */
const makeSecrets = async () => {
  for (const name of secretNames) await manager().send(new CreateSecretCommand({ Name: id(name) }))
}
const versions = async (name: (typeof secretNames)[number]) =>
  (await manager().send(new ListSecretVersionIdsCommand({ SecretId: id(name), IncludeDeprecated: true }))).Versions ??
  []

beforeEach(async () => {
  await cloud.reset()
  become(cloud.env)
  await makeSecrets()
})

let made = 0
const ports = (store: SecretStore, who: Person = person([])) => ({
  facts: () => ({ kind: 'facts', facts, shown: shownFacts }) as const,
  identity: createIdentity(settings()),
  store,
  person: who,
  randomBytes: (count: number) => Uint8Array.from({ length: count }, () => ++made % 251),
  fingerprint: fingerprintUnder(Buffer.from('a key of the tests')),
})
const set = (given: Partial<SecretsSetArguments>, who?: Person, store = createSecretStore(settings())) =>
  secretsSet({ stage: 'develop', names: [], generate: [], replace: false, yes: true, ...given }, ports(store, who))
const rotate = (name: string, store = createSecretStore(settings()), given: Partial<SecretsRotateArguments> = {}) =>
  secretsRotate(
    { stage: 'develop', name, status: false, again: false, stdin: false, yes: true, ...given },
    ports(store),
  )
const setAll = () => set({}, person([clientSecret, '', token, '', '']))

/** The same store, whose clock is so many minutes ahead. */
const later = (minutes: number): SecretStore => {
  const store = createSecretStore(settings())
  return {
    ...store,
    async state(secretId) {
      const state = await store.state(secretId)
      return state && { ...state, nowMs: state.nowMs + minutes * 60_000 }
    },
  }
}

describe('Secrets Manager as the store', () => {
  test('a secret that is not there, one without a value, and one with a value are told apart', async () => {
    const store = createSecretStore(settings())
    expect(await store.state('sleepconnect/develop/nothing')).toBeUndefined()
    const empty = await store.state(id('session'))
    expect(empty).toMatchObject({ currentId: undefined, previousId: undefined, current: undefined })
    if (empty === undefined) throw new TypeError('it is there')
    expect(await store.write(id('session'), 'first', empty)).toBe('written')
    const full = await store.state(id('session'))
    expect(full?.current?.text).toBe('first')
    expect(full?.arn).toMatch(/^arn:aws:secretsmanager:us-east-1:111122223333:secret:sleepconnect\/develop\/session-/)
  })

  test('a write that is repeated changes nothing, and another one after the same state is refused', async () => {
    const store = createSecretStore(settings())
    const seen = await store.state(id('session'))
    if (seen === undefined) throw new TypeError('it is there')
    expect(await store.write(id('session'), 'first', seen)).toBe('written')
    expect(await store.write(id('session'), 'first', seen)).toBe('written')
    expect(await store.write(id('session'), 'another', seen)).toBe('overtaken')
    expect(await versions('session')).toHaveLength(1)
    const state = await store.state(id('session'))
    expect(state?.current?.text).toBe('first')
  })

  test('a value that comes back after another one is written again, and not taken for a repetition', async () => {
    const store = createSecretStore(settings())
    for (const text of ['first', 'second', 'first']) {
      const seen = await store.state(id('session'))
      if (seen !== undefined) await store.write(id('session'), text, seen)
    }
    const state = await store.state(id('session'))
    expect(state?.current?.text).toBe('first')
    expect(await store.textOf(id('session'), state?.previousId ?? '')).toBe('second')
    expect(await store.textOf(id('session'), 'no-such-version-00000000000000000000')).toBeUndefined()
  })

  test('the clock is the one of the answer, whatever this machine thinks', async () => {
    vi.useFakeTimers({ now: Date.UTC(2020, 0, 1), toFake: ['Date'] })
    try {
      await setAll()
      const state = await createSecretStore(settings()).state(id('session'))
      expect(Math.abs((state?.nowMs ?? 0) - (state?.current?.createdAtMs ?? 0))).toBeLessThan(60_000)
      expect(state?.nowMs).toBeGreaterThan(Date.UTC(2020, 0, 2))
    } finally {
      vi.useRealTimers()
    }
  })

  test('a secret that is marked for deletion is not written to, and the way back is named', async () => {
    await manager().send(new DeleteSecretCommand({ SecretId: id('session'), RecoveryWindowInDays: 7 }))
    const outcome = await set({ generate: ['session'] })
    expect(outcome.kind).toBe('refused')
    expect('reason' in outcome && outcome.reason).toContain(
      'aws secretsmanager restore-secret --secret-id sleepconnect/develop/session',
    )
  })
})

describe('set and rotate', () => {
  test('every secret gets its value once', async () => {
    expect((await setAll()).kind).toBe('done')
    // The emulator says of every version that it was made when it is asked for.
    const labelled = () =>
      Promise.all(
        secretNames.map(async (name) =>
          (await versions(name)).map(({ VersionId, VersionStages }) => ({ VersionId, VersionStages })),
        ),
      )
    const first = await labelled()
    expect(first.map((all) => all.length)).toEqual([1, 1, 1, 1])
    expect((await set({}, person([]))).kind).toBe('done')
    expect(await labelled()).toEqual(first)
  })

  test('S1: a whole rotation, with the labels that Secrets Manager keeps', async () => {
    await setAll()
    const [old] = await versions('user-context')
    for (const minutes of [0, 6, 28]) {
      expect((await rotate('user-context', later(minutes))).kind).toBe('done')
      const early = await rotate('user-context', later(minutes))
      expect(early.kind).toBe(minutes === 28 ? 'done' : 'refused')
    }
    const all = await versions('user-context')
    expect(all).toHaveLength(4)
    const { VersionIdsToStages: labels = {} } = await manager().send(
      new DescribeSecretCommand({ SecretId: id('user-context') }),
    )
    expect(labels[old?.VersionId ?? ''] ?? []).toEqual([])
  })

  test.each(['before', 'after'] as const)(
    'a write whose connection is cut %s it took effect is not known, and the same command ends well with one version',
    async (when) => {
      const takeAway = cloud.inject({
        service: 'secretsmanager',
        action: 'PutSecretValue',
        effect: { kind: 'drop', when },
      })
      const outcome = await set({ generate: ['session'] })
      expect(outcome.kind).toBe('stopped')
      expect('reason' in outcome && outcome.reason).toContain('Whether session was written is not known.')
      takeAway()
      expect((await set({ generate: ['session'] })).kind).toBe('done')
      expect(await versions('session')).toHaveLength(1)
    },
  )

  test('the SDK tries again by itself when an answer is lost, and still one version is written', async () => {
    cloud.inject({
      service: 'secretsmanager',
      action: 'PutSecretValue',
      times: 1,
      effect: { kind: 'drop', when: 'after' },
    })
    const outcome = await set({ generate: ['session'] }, person([]), createSecretStore(settings(3)))
    expect(outcome.kind).toBe('done')
    expect(await versions('session')).toHaveLength(1)
  })

  test.each([
    ['a missing permission', 'AccessDeniedException', 400, 'refused', 'may not do secretsmanager:PutSecretValue'],
    ['a request too many', 'ThrottlingException', 400, 'refused', 'slow down'],
    ['a fault of AWS', 'InternalServiceError', 500, 'stopped', 'Whether session was written is not known'],
    [
      'a refused parameter, which AWS would quote',
      'InvalidParameterException',
      400,
      'refused',
      'AWS refused secretsmanager:PutSecretValue (InvalidParameterException).',
    ],
  ])('%s is one sentence and the next step', async (_what, code, status, kind, says) => {
    const message = `1 validation error detected: Value '${clientSecret}' at 'secretString'`
    cloud.inject({
      service: 'secretsmanager',
      action: 'PutSecretValue',
      effect: { kind: 'error', code, message, status },
    })
    const outcome = await set({ generate: ['session'] })
    expect(outcome.kind).toBe(kind)
    expect('reason' in outcome && outcome.reason).toContain(says)
    expect('reason' in outcome && outcome.reason).not.toContain(clientSecret)
    expect(await versions('session')).toEqual([])
  })
})

const checked = () =>
  secretsCheck(
    { stage: 'develop', json: false },
    {
      ...ports(createSecretStore(settings())),
      environments: createFunctionEnvironments(settings()),
      palette: pico.createColors(false),
    },
  )

describe('whose account it is', () => {
  const all: readonly (readonly [string, () => Promise<{ readonly kind: string }>])[] = [
    ['set', () => set({ generate: ['session'] })],
    ['rotate', () => rotate('session')],
    ['check', () => checked()],
  ]

  test.each(all)('%s asks nothing of an account that is not the stage’s', async (_command, run) => {
    become(cloud.envOf({ accountId: '999900001111' }))
    const before = cloud.calls().length
    const outcome = await run()
    expect(outcome).toMatchObject({
      reason:
        'These credentials belong to account 999900001111; develop lives in 111122223333. Sign in to 111122223333 (AWS_PROFILE), or correct packages/topology/accounts/develop.json.',
    })
    expect(
      cloud
        .calls()
        .slice(before)
        .map(({ service, action }) => `${service}:${action}`),
    ).toEqual(['sts:GetCallerIdentity'])
  })

  test.each(all)('%s says so when the session is over', async (_command, run) => {
    become(cloud.envOf({ expired: true }))
    expect(await run()).toMatchObject({
      reason: expect.stringContaining('The AWS credentials have expired. Sign in again'),
    })
  })
})
