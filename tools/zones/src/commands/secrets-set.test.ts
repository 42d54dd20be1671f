import { describe, expect, test } from 'vitest'
import { AwsFailure } from '../aws/aws-failure.ts'
import type { FactsFile } from '../infra/facts-file.ts'
import { exitCode } from '../outcome.ts'
import { fingerprintUnder } from '../secrets/fingerprint.ts'
import type { Person } from '../secrets/person.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { interrupted } from '../secrets/test/interrupted.ts'
import { memoryStore } from '../secrets/test/memory-store.ts'
import { person, stagePorts } from '../secrets/test/stage-ports.ts'
import { type SecretsSetArguments, secretsSet } from './secrets-set.ts'

const noon = Date.UTC(2026, 10, 28, 12)
const clientSecret = 'Vt4mQ8sLz2Kx9RfJw6Yb3NhCd7Gp5Ea1Uo0Ti-IAVt4mQ8sLz2Kx9RfJw6Yb3NhC'
const other = 'Hq7xZ2nWc9Lk4VtBm8Rs3YgJd6Fp1Ea5Uo0Ti-OEHq7xZ2nWc9Lk4VtBm8Rs3YgJ'
const token = '5e0f1d2c3b4a59687786a5b4c3d2e1f0'
const keySecret = 'Gh3kLm9pQr5tVw7xYz2bCd4fJn6sTa8u'
const keySid = 'SK0f1e2d3c4b5a69788796a5b4c3d2e1f0'
/** 48 bytes of 1, 2, 3 … in base64url: what `counting` makes first. */
const made = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8w'
const values = [clientSecret, other, token, keySecret, made, made.slice(3, 40)]

const id = (name: string) => `sleepconnect/develop/${name}`
const empty = { [id('auth0')]: null, [id('session')]: null, [id('twilio')]: null, [id('user-context')]: null }
const filled = {
  ...empty,
  [id('auth0')]: JSON.stringify({ clientSecret }),
  [id('user-context')]: JSON.stringify({ current: other }),
}

/** Bytes that count on: every value made differs from the one before. */
function counting() {
  let byte = 0
  return (count: number) => Uint8Array.from({ length: count }, () => ++byte % 256)
}

interface World {
  readonly store: SecretStore
  readonly person: Person
  readonly accountId?: string
  readonly file?: FactsFile
  readonly randomBytes?: (count: number) => Uint8Array
}

function set(given: Partial<SecretsSetArguments>, world: World) {
  const arguments_ = { stage: 'develop', names: [], generate: [], replace: false, yes: false, ...given }
  return secretsSet(arguments_, {
    ...stagePorts(world.accountId, world.file),
    store: world.store,
    person: world.person,
    randomBytes: world.randomBytes ?? counting(),
    fingerprint: fingerprintUnder(Buffer.from('a key of the tests')),
  })
}

const stored = (store: ReturnType<typeof memoryStore>, name: string) =>
  JSON.parse(store.versionsOf(id(name)).at(-1)?.text ?? 'null')

describe('a stage without values', () => {
  test('one command asks for what others make, makes the rest, and proves each by reading it back', async () => {
    const store = memoryStore(empty, noon)
    const who = person([clientSecret, '', token, '', ''])
    const outcome = await set({}, { store, person: who })
    expect(outcome.kind).toBe('done')
    expect(stored(store, 'auth0')).toEqual({ clientSecret })
    expect(stored(store, 'session')).toEqual({ current: made })
    expect(stored(store, 'twilio')).toEqual({ authToken: token })
    expect(Object.keys(stored(store, 'user-context'))).toEqual(['current'])
    expect(stored(store, 'user-context').current).not.toBe(made)
    expect(outcome.text).toMatch(/auth0 +written, read back and found equal: fingerprint [0-9a-f]{8}\n/)
    expect(who.shown.at(-1)).toMatch(
      /auth0 +as typed\n +session +made here\n +twilio +as typed\n +user-context +made here\n/,
    )
  })

  test('no value is shown or asked by name: not in questions, not in the outcome, not in ids', async () => {
    const store = memoryStore(empty, noon)
    const who = person([`${clientSecret} `, clientSecret, '', token, keySid, keySecret, ''])
    const outcome = await set({}, { store, person: who })
    const written = store.calls.filter(([call]) => call === 'write')
    const visible = JSON.stringify([
      outcome,
      who.shown,
      store.calls.filter(([call]) => call !== 'write'),
      written.map(([call, secretId, , versionId]) => [call, secretId, versionId]),
    ])
    expect(written.map(([, , text]) => text).join()).toContain(clientSecret)
    for (const value of values) expect(visible).not.toContain(value.slice(0, 12))
    expect(visible).not.toMatch(/\b(64|32|66) (letters|characters|bytes)/)
  })

  test('the second of two runs changes nothing', async () => {
    const store = memoryStore(empty, noon)
    await set({}, { store, person: person([clientSecret, '', token, '', '']) })
    const outcome = await set({}, { store, person: person([]) })
    expect(outcome.kind).toBe('done')
    expect(outcome.text).toContain('Nothing was changed in develop')
    expect(Object.keys(empty).map((name) => store.versionsOf(name).length)).toEqual([1, 1, 1, 1])
  })

  test('a made value comes from 48 random bytes', async () => {
    const store = memoryStore(empty, noon)
    await set({ generate: ['session'], yes: true }, { store, person: person([]) })
    expect(stored(store, 'session')).toEqual({ current: made })
  })

  test.each([
    ['the token alone', token, { authToken: token }],
    [
      'a record with an API key',
      JSON.stringify({ authToken: token, apiKeySid: keySid, apiKeySecret: keySecret }),
      { authToken: token, apiKeySid: keySid, apiKeySecret: keySecret },
    ],
  ])('a script pipes in %s', async (_what, piped, fields) => {
    const store = memoryStore(empty, noon)
    const who = person([], { piped, present: false })
    expect((await set({ stdin: 'twilio', yes: true }, { store, person: who })).kind).toBe('done')
    expect(stored(store, 'twilio')).toEqual(fields)
  })

  test('older systems: the client secret signs the user context too, where somebody asks for it', async () => {
    const store = memoryStore(empty, noon)
    const who = person([clientSecret])
    const outcome = await set({ names: ['auth0'], sameAs: 'auth0' }, { store, person: who })
    expect(outcome.kind).toBe('done')
    expect(stored(store, 'user-context')).toEqual({ current: clientSecret })
    expect(who.shown.at(-1)).toContain("user-context  the same as auth0's client secret")
  })
})

describe('refused before anything is written', () => {
  const none: FactsFile = { kind: 'none', shown: 'packages/topology/accounts/develop.json' }
  const wrong: FactsFile = { ...none, kind: 'wrong', why: 'accountId: looks like 111122223333: twelve digits' }
  test.each<[what: string, given: Partial<SecretsSetArguments>, world: Partial<World>, reason: RegExp]>([
    ['a stage that does not exist', { stage: clientSecret }, {}, /No stage of that name.*develop, staging, production/],
    ['a laptop', { stage: 'local' }, {}, /No stage of that name/],
    ['a stage without facts', {}, { file: none }, /no facts for develop.*zones infra init develop/],
    ['a stage with facts that are wrong', {}, { file: wrong }, /twelve digits.*zones infra init develop/],
    [
      'credentials of another account',
      {},
      { accountId: '999900001111' },
      /belong to account 999900001111; develop lives in 111122223333\. Sign in to 111122223333 \(AWS_PROFILE\)/,
    ],
    [
      'a secret that nothing has made',
      {},
      { store: memoryStore({}, noon) },
      /not made sleepconnect\/develop\/auth0.*zones infra apply develop/,
    ],
    ['a value among the names', { names: [clientSecret] }, {}, /A value is never an argument/],
    ['nobody to ask for a value', {}, { person: person([], { present: false }) }, /nobody to ask here.*--stdin/],
    [
      'nobody to agree',
      { generate: ['session'] },
      { person: person([], { present: false }) },
      /nobody to ask here.*--yes/,
    ],
    [
      'a piped value with a line end too many',
      { stdin: 'auth0', yes: true },
      { person: person([], { piped: `${clientSecret}\n` }) },
      /The value of auth0 holds white space/,
    ],
    [
      'a piped placeholder',
      { stdin: 'auth0', yes: true },
      { person: person([], { piped: 'your-secret-here' }) },
      /is a placeholder/,
    ],
    [
      'a piped account SID',
      { stdin: 'twilio', yes: true },
      { person: person([], { piped: `AC${token}` }) },
      /32 hexadecimal digits/,
    ],
    [
      'a piped record with half an API key',
      { stdin: 'twilio', yes: true },
      { person: person([], { piped: JSON.stringify({ authToken: token, apiKeySid: keySid }) }) },
      /has only one of apiKeySid and apiKeySecret/,
    ],
    [
      'a piped record with a token before',
      { stdin: 'twilio', yes: true },
      { person: person([], { piped: JSON.stringify({ authToken: token, previousAuthToken: token }) }) },
      /only a rotation writes/,
    ],
    ['the same as auth0, which has no value', { sameAs: 'auth0', yes: true }, {}, /which has none; set auth0 first/],
    [
      'one value for session and auth0 (correction 13)',
      { names: ['auth0', 'session'], yes: true },
      { person: person([clientSecret, clientSecret]) },
      /values of auth0 and session are the same/,
    ],
    [
      'the client secret as the signing secret, without a word',
      { names: ['user-context', 'auth0'], yes: true },
      { person: person([clientSecret, clientSecret]) },
      /say --same-as auth0/,
    ],
  ])('%s', async (_what, given, world, reason) => {
    const store = world.store ?? memoryStore(empty, noon)
    const outcome = await set(given, { person: person([]), ...world, store })
    expect([outcome.kind, exitCode(outcome)]).toEqual(['refused', 1])
    expect('reason' in outcome && outcome.reason).toMatch(reason)
    expect(JSON.stringify(outcome)).not.toContain(clientSecret.slice(0, 12))
    expect((store as ReturnType<typeof memoryStore>).calls.filter(([call]) => call === 'write')).toEqual([])
  })

  test.each([
    ['says no', person([clientSecret], { agrees: false })],
    ['leaves while typing', person([])],
  ])('a person who %s has changed nothing', async (_what, who) => {
    const store = memoryStore(empty, noon)
    const outcome = await set({ names: ['auth0'] }, { store, person: who })
    expect([outcome.kind, exitCode(outcome)]).toEqual(['declined', 3])
    expect(store.versionsOf(id('auth0'))).toEqual([])
  })
})

describe('a value that is there', () => {
  test.each([
    ['typed', { names: ['user-context'] }, person([clientSecret])],
    ['piped in', { stdin: 'user-context', yes: true }, person([], { piped: made })],
  ])('is not replaced by one that is %s: rotate it', async (_what, given, who) => {
    const store = memoryStore(filled, noon)
    const outcome = await set(given, { store, person: who })
    expect(outcome.kind).toBe('refused')
    expect('reason' in outcome && outcome.reason).toMatch(/zones secrets rotate develop user-context.*--replace/)
    expect(store.versionsOf(id('user-context'))).toHaveLength(1)
  })

  test('is replaced when somebody insists, and what follows is said before', async () => {
    const store = memoryStore(filled, noon)
    const who = person([])
    const outcome = await set({ generate: ['user-context'], replace: true }, { store, person: who })
    expect(outcome.kind).toBe('done')
    expect(stored(store, 'user-context')).toEqual({ current: made })
    expect(who.shown.at(-1)).toContain('everybody has to sign in again')
  })

  test('stays when a script sets it to what it is, or makes one where one is', async () => {
    const store = memoryStore(filled, noon)
    const who = person([], { piped: clientSecret })
    const outcome = await set({ stdin: 'auth0', generate: ['user-context'], yes: true }, { store, person: who })
    expect(outcome.kind).toBe('done')
    expect(outcome.text).toContain('is this very value already')
    expect(store.calls.filter(([call]) => call === 'write')).toEqual([])
  })

  test('stays when somebody else wrote first, even if both looked at the same time', async () => {
    const store = memoryStore(empty, noon)
    const late = {
      ...person([clientSecret]),
      agrees: async () =>
        (await set({ stdin: 'auth0', yes: true }, { store, person: person([], { piped: other }) })).kind === 'done',
    }
    const outcome = await set({ names: ['auth0'] }, { store, person: late })
    expect(outcome.kind).toBe('refused')
    expect('reason' in outcome && outcome.reason).toContain('Somebody else has just changed auth0')
    expect(stored(store, 'auth0')).toEqual({ clientSecret: other })
  })
})

describe('broken off', () => {
  const typed = () => person([clientSecret, '', token, '', ''])
  const plain = memoryStore(empty, noon)
  const run = set({}, { store: plain, person: typed() }).then(() => plain.calls.length)

  test.each(['before', 'after'] as const)(
    'anywhere, %s a call is carried out: the same command ends as if nothing had happened, and writes nothing twice',
    async (where) => {
      const calls = await run
      expect(calls).toBe(12)
      for (let at = 1; at <= calls; at += 1) {
        const store = memoryStore(empty, noon)
        const cut = interrupted(store, at, where)
        const randomBytes = counting()
        const first = set({}, { store: cut.store, person: typed(), randomBytes })
        expect(await Promise.race([first.then(({ kind }) => kind), cut.reached])).toBe('reached')
        const missing = Object.keys(empty).filter((name) => store.versionsOf(name).length === 0)
        const again = missing.flatMap(
          (name) =>
            ({ auth0: [clientSecret], session: [''], twilio: [token, ''], 'user-context': [''] })[
              name.split('/')[2] ?? ''
            ] ?? [],
        )
        expect((await set({}, { store, person: person(again), randomBytes })).kind).toBe('done')
        expect(stored(store, 'auth0')).toEqual({ clientSecret })
        expect(stored(store, 'twilio')).toEqual({ authToken: token })
        expect(Object.keys(empty).map((name) => store.versionsOf(name).length)).toEqual([1, 1, 1, 1])
      }
    },
  )

  const failure = (code: AwsFailure['code']) =>
    new AwsFailure({
      code,
      action: 'secretsmanager:PutSecretValue',
      errorName: 'X',
      message: 'AWS said no.',
      next: 'Do this.',
    })

  test.each([
    ['certainly not done, the first of them', 'denied', 1, 'refused', /^AWS said no\. Do this\.$/],
    ['certainly not done, the second of them', 'throttled', 2, 'stopped', /Written before that: auth0\.$/],
    ['perhaps done', 'unreachable', 1, 'stopped', /Whether auth0 was written is not known\. Do this\. It looks first/],
  ] as const)('a write that is %s', async (_what, code, at, kind, reason) => {
    const store = memoryStore(empty, noon)
    let writes = 0
    const failing: SecretStore = {
      ...store,
      write: async (...parameters) => {
        writes += 1
        if (writes === at) throw failure(code)
        return store.write(...parameters)
      },
    }
    const outcome = await set({}, { store: failing, person: typed() })
    expect(outcome.kind).toBe(kind)
    expect('reason' in outcome && outcome.reason).toMatch(reason)
  })

  test('a value that reads back as another one is stopped: somebody wrote right after', async () => {
    const store = memoryStore(empty, noon)
    const hasty: SecretStore = {
      ...store,
      write: async (secretId, text, after) => {
        await store.write(secretId, text, after)
        const since = await store.state(secretId)
        return since === undefined ? 'overtaken' : store.write(secretId, JSON.stringify({ current: other }), since)
      },
    }
    const outcome = await set({ generate: ['session'], yes: true }, { store: hasty, person: person([]) })
    expect([outcome.kind, exitCode(outcome)]).toEqual(['stopped', 2])
    expect('reason' in outcome && outcome.reason).toMatch(
      /Somebody else has just changed session.*Written before that: session\.$/,
    )
  })

  test('a write that cannot be read back is stopped, for it was made', async () => {
    const store = memoryStore(empty, noon)
    const failing: SecretStore = {
      ...store,
      state: async (secretId) => {
        if (store.versionsOf(id('auth0')).length > 0) throw failure('denied')
        return store.state(secretId)
      },
    }
    const outcome = await set({}, { store: failing, person: typed() })
    expect([outcome.kind, exitCode(outcome)]).toEqual(['stopped', 2])
    expect('reason' in outcome && outcome.reason).toContain('Written before that: auth0.')
  })
})
