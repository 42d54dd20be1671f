import { type FunctionKind, functionsOfStage } from '@sax/infra/functions'
import { secretId, secretsReadBy, secrets as secretUses } from '@sax/infra/secrets'
import pico from 'picocolors'
import { describe, expect, test } from 'vitest'
import { AwsFailure } from '../aws/aws-failure.ts'
import { exitCode } from '../outcome.ts'
import { fingerprintUnder } from '../secrets/fingerprint.ts'
import type { VersionEnvironment } from '../secrets/function-environments.ts'
import { memoryStore } from '../secrets/test/memory-store.ts'
import { stagePorts } from '../secrets/test/stage-ports.ts'
import { secretsCheck } from './secrets-check.ts'

const noon = Date.UTC(2026, 10, 28, 12)
const clientSecret = 'Vt4mQ8sLz2Kx9RfJw6Yb3NhCd7Gp5Ea1Uo0Ti-IAVt4mQ8sLz2Kx9RfJw6Yb3NhC'
const signing = 'Hq7xZ2nWc9Lk4VtBm8Rs3YgJd6Fp1Ea5Uo0Ti-OEHq7xZ2nWc9Lk4VtBm8Rs3YgJ'
const before = 'Pl0oKm9iJn8uHb7yGv6tFc5rDx4eSz3wAqPl0oKm9iJn8uHb7yGv6tFc5rDx4eSz'
const session = 'Nb5vCx3zLk1jHg9fDs7aPo5iUy3tRe1wQmNb5vCx3zLk1jHg9fDs7aPo5iUy3tRe'
const token = '5e0f1d2c3b4a59687786a5b4c3d2e1f0'
const values = [clientSecret, signing, before, session, token]

const good = {
  'sleepconnect/develop/auth0': JSON.stringify({ clientSecret }),
  'sleepconnect/develop/session': JSON.stringify({ current: session }),
  'sleepconnect/develop/twilio': JSON.stringify({ authToken: token }),
  'sleepconnect/develop/user-context': JSON.stringify({ current: signing }),
}
const functions = functionsOfStage('develop')
const nameOf = (kind: FunctionKind) => functions.find((fn) => fn.kind === kind)?.functionName ?? ''

interface World {
  readonly stored?: Readonly<Record<string, string | null>>
  /** Variables over those that the infrastructure gives, by function; null: there is no such function. */
  readonly variables?: Readonly<Record<string, Readonly<Record<string, string | undefined>> | null>>
  /** A second version that gets some of the traffic, by function. */
  readonly weighted?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly key?: string
  readonly json?: boolean
  readonly stage?: string
}

async function check({
  stored = good,
  variables = {},
  weighted = {},
  key = 'a key',
  json = false,
  stage = 'develop',
}: World = {}) {
  const store = memoryStore(stored, noon)
  store.nowMs += 90 * 60_000
  const environmentOf = (functionName: string): Record<string, string> => {
    const kind = functions.find((fn) => fn.functionName === functionName)?.kind ?? 'worker'
    const own = Object.fromEntries(
      secretsReadBy(kind).map((name) => [secretUses[name].variable, secretId('develop', name)]),
    )
    const all = { STAGE: 'develop', ...own, ...variables[functionName] }
    return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
  }
  const asked: string[] = []
  const outcome = await secretsCheck(
    { stage, json },
    {
      ...stagePorts(),
      store,
      environments: {
        async behind(functionName, alias): Promise<readonly VersionEnvironment[] | undefined> {
          asked.push(`${functionName}:${alias}`)
          if (variables[functionName] === null) return undefined
          const second = weighted[functionName]
          return [
            { version: '7', variables: environmentOf(functionName) },
            ...(second === undefined ? [] : [{ version: '8', variables: second }]),
          ]
        },
      },
      fingerprint: fingerprintUnder(Buffer.from(key)),
      palette: pico.createColors(false),
    },
  )
  expect(store.calls.map(([call]) => call)).not.toContain('write')
  return { outcome, asked, text: 'text' in outcome ? outcome.text : '' }
}

const report = async (world: World) => JSON.parse((await check({ ...world, json: true })).text)
const whys = async (world: World) =>
  ((await report(world)).disagreements as { about: string; why: string; next: string }[]).map(
    ({ about, why, next }) => `${about} ${why}. ${next}`,
  )

describe('a stage whose applications agree', () => {
  test('S1: every reader of the signing secret shows the same fingerprint, and the check passes', async () => {
    const { outcome, text } = await check()
    expect([outcome.kind, exitCode(outcome)]).toEqual(['done', 0])
    const { secrets } = await report({})
    const readers = secrets.find(({ name }: { name: string }) => name === 'user-context').readers
    expect(readers.map((reader: { functionName: string }) => reader.functionName).sort()).toEqual(
      [nameOf('backend'), nameOf('host-pages'), nameOf('zone-pages'), nameOf('zone-api-routes')].sort(),
    )
    // printf %s <signing> | openssl dgst -sha256 -hmac 'a key', its first 8 digits.
    expect(new Set(readers.map(({ fingerprint }: { fingerprint: string }) => fingerprint))).toEqual(
      new Set(['2d91a557']),
    )
    expect(text.match(/2d91a557/g)).toHaveLength(4)
    expect(text).toContain('user-context: value is 1 h 30 min old')
  })

  test('S16: what is looked at is the version that traffic reaches, not the newest code', async () => {
    const { asked } = await check()
    expect(asked.sort()).toEqual(functions.map(({ functionName }) => `${functionName}:live`).sort())
  })

  test('fingerprints of two runs cannot be compared', async () => {
    const first = (await check({ key: 'one key' })).text
    expect((await check({ key: 'another key' })).text).not.toBe(first)
  })

  test('a secret may be called by its ARN', async () => {
    const arn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:sleepconnect/develop/session-AbCdEf'
    expect(await whys({ variables: { [nameOf('host-pages')]: { SESSION_SECRET_ID: arn } } })).toEqual([])
  })

  test.each([
    [{ current: signing, next: before }, 'a next value is accepted too'],
    [{ current: signing, previous: before }, 'the value before is accepted too'],
  ])('a rotation under way is no fault, and is told (%#)', async (fields, says) => {
    const stored = { ...good, 'sleepconnect/develop/user-context': JSON.stringify(fields) }
    const { outcome, text } = await check({ stored })
    expect(outcome.kind).toBe('done')
    expect(text).toContain(says)
  })

  test('the client secret that also signs the user context is no fault, and is told', async () => {
    const stored = { ...good, 'sleepconnect/develop/user-context': JSON.stringify({ current: clientSecret }) }
    const { outcome, text } = await check({ stored })
    expect(outcome.kind).toBe('done')
    expect(text).toContain('as older systems have it')
  })
})

describe('a stage whose applications disagree', () => {
  const zone = nameOf('zone-pages')
  const elsewhere = { ...good, 'sleepconnect/staging/user-context': JSON.stringify({ current: before }) }
  const copied = { ...good, 'sleepconnect/staging/user-context': JSON.stringify({ current: signing }) }

  test('S1, D13: presence is not equality: a zone that reads another secret fails the check although it has one', async () => {
    const world = {
      stored: elsewhere,
      variables: { [zone]: { USER_CONTEXT_SECRET_ID: 'sleepconnect/staging/user-context' } },
    }
    const { outcome, text } = await check(world)
    expect([outcome.kind, exitCode(outcome)]).toEqual(['failed', 1])
    expect('reason' in outcome && outcome.reason).toBe('The applications of develop do not agree on their secrets.')
    expect(text).toContain('has readers with 2 different values')
    expect(text).toMatch(new RegExp(`${zone} +version 7 +[0-9a-f]{8} +not this secret`))
    expect(await whys(world)).toEqual([
      `${zone}, version 7, reads sleepconnect/staging/user-context in place of sleepconnect/develop/user-context. npx zones infra apply develop, and then a new release`,
      'sleepconnect/develop/user-context has readers with 2 different values: what one signs, another refuses. mend the readers named here',
    ])
  })

  test('S1: another secret that happens to hold the same value is a fault as well: it parts with the next rotation', async () => {
    expect(
      await whys({
        stored: copied,
        variables: { [zone]: { USER_CONTEXT_SECRET_ID: 'sleepconnect/staging/user-context' } },
      }),
    ).toEqual([expect.stringContaining('reads sleepconnect/staging/user-context in place of')])
  })

  test('S16: the second version that gets some of the traffic counts as well', async () => {
    expect(await whys({ weighted: { [zone]: { AUTH0_CLIENT_SECRET: before } } })).toEqual([
      expect.stringContaining(`${zone}, version 8, has no USER_CONTEXT_SECRET_ID, so that it cannot read user-context`),
      expect.stringContaining(`${zone}, version 8, carries a value in AUTH0_CLIENT_SECRET`),
    ])
  })

  test.each<[what: string, variables: Record<string, string | undefined>, why: string]>([
    [
      'S16: a value in the environment, which a rollback would bring back',
      { AUTH0_CLIENT_SECRET: before },
      'carries a value in AUTH0_CLIENT_SECRET',
    ],
    [
      'S16: the value before, too',
      { AUTH0_CLIENT_SECRET_PREVIOUS: before },
      'carries a value in AUTH0_CLIENT_SECRET_PREVIOUS',
    ],
    ['S16: a token', { TWILIO_AUTH_TOKEN: before }, 'carries a value in TWILIO_AUTH_TOKEN'],
    ['S16: a value under a harmless name', { THEME: signing }, 'carries the value of user-context in THEME'],
    [
      'correction 13: what encrypts the session, in the zone',
      { AUTH0_SECRET: 'sleepconnect/develop/session' },
      "has AUTH0_SECRET, which is the host's alone",
    ],
    [
      'correction 13: the name of the session secret, in the zone',
      { SESSION_SECRET_ID: 'sleepconnect/develop/session' },
      'is told where session is, which it has no use for',
    ],
    ['a variable that is missing', { USER_CONTEXT_SECRET_ID: undefined }, 'has no USER_CONTEXT_SECRET_ID'],
    [
      'a value where a name belongs',
      { USER_CONTEXT_SECRET_ID: before },
      "has something in USER_CONTEXT_SECRET_ID that is no secret's name",
    ],
  ])('%s', async (_what, variables, why) => {
    const found = await whys({ variables: { [zone]: variables } })
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(`${zone}, version 7, ${why}`)
  })

  test.each([
    ['AUTH0_SECRET_ID', 'sleepconnect/develop/auth0'],
    ['CONTENT_TOKEN', ''],
  ])('S16: a name is no value: %s at the host', async (variable, value) => {
    expect(await whys({ variables: { [nameOf('host-pages')]: { [variable]: value } } })).toEqual([])
  })

  test.each<[what: string, stored: Readonly<Record<string, string | null | undefined>>, why: RegExp]>([
    [
      'a secret that is not there',
      { 'sleepconnect/develop/auth0': undefined },
      /auth0 is not there\. npx zones infra apply develop/,
    ],
    [
      'a secret without a value',
      { 'sleepconnect/develop/auth0': null },
      /auth0 has no value\. npx zones secrets set develop auth0/,
    ],
    [
      'a value without a shape',
      { 'sleepconnect/develop/auth0': clientSecret },
      /auth0 is no JSON record\. npx zones secrets set develop auth0 --replace/,
    ],
    [
      'correction 13: the session secret is the client secret',
      { 'sleepconnect/develop/session': JSON.stringify({ current: clientSecret }) },
      /auth0 \(clientSecret\) and session \(current\) have the same value/,
    ],
    [
      'a next secret that is the one in use',
      { 'sleepconnect/develop/user-context': JSON.stringify({ current: signing, next: signing }) },
      /user-context \(current\) and user-context \(next\) have the same value/,
    ],
  ])('%s', async (_what, stored, why) => {
    const all = Object.entries({ ...good, ...stored }).flatMap(([id, text]) => (text === undefined ? [] : [[id, text]]))
    expect(await whys({ stored: Object.fromEntries(all) })).toEqual([expect.stringMatching(why)])
  })

  test('a function that is not there', async () => {
    expect(await whys({ variables: { [zone]: null } })).toEqual([
      `${zone} has nothing behind its alias. npx zones infra apply develop`,
    ])
  })

  test('no value is shown whatever is wrong, in text or in JSON', async () => {
    const worst: World = {
      stored: {
        ...good,
        'sleepconnect/develop/session': JSON.stringify({ current: clientSecret }),
        'sleepconnect/develop/twilio': token,
      },
      variables: {
        [zone]: {
          AUTH0_CLIENT_SECRET: before,
          USER_CONTEXT_SECRET_ID: signing,
          AUTH0_SECRET: session,
          THEME: clientSecret,
        },
      },
    }
    for (const json of [true, false]) {
      const { outcome, text } = await check({ ...worst, json })
      expect(outcome.kind).toBe('failed')
      for (const value of values) expect(JSON.stringify(outcome) + text).not.toContain(value.slice(0, 12))
    }
  })
})

test.each([
  ['a stage that is none', { stage: 'local' }, 'bad-input', 2],
  ['a stage without facts', { stage: 'develop' }, 'bad-input', 2],
] as const)('%s is told by its exit code', async (_what, { stage }, kind, code) => {
  const ports = stagePorts('111122223333', { kind: 'none', shown: 'packages/topology/accounts/develop.json' })
  const nowhere = { state: never, textOf: never, write: never }
  const outcome = await secretsCheck(
    { stage, json: false },
    {
      ...ports,
      store: nowhere,
      environments: { behind: never },
      fingerprint: String,
      palette: pico.createColors(false),
    },
  )
  expect([outcome.kind, exitCode(outcome)]).toEqual([kind, code])
})

test('a failure of AWS is one sentence and the next step', async () => {
  const failure = new AwsFailure({
    code: 'denied',
    action: 'lambda:GetAlias',
    errorName: 'X',
    message: 'You may not.',
    next: 'Ask.',
  })
  const outcome = await secretsCheck(
    { stage: 'develop', json: false },
    {
      ...stagePorts(),
      store: memoryStore(good, noon),
      environments: { behind: () => Promise.reject(failure) },
      fingerprint: String,
      palette: pico.createColors(false),
    },
  )
  expect(outcome).toEqual({ kind: 'failed', text: '', reason: 'You may not. Ask.' })
})

function never(): never {
  throw new Error('nobody should have been asked')
}
