import { describe, expect, test } from 'vitest'
import { exitCode } from '../outcome.ts'
import { fingerprintUnder } from '../secrets/fingerprint.ts'
import type { Person } from '../secrets/person.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { interrupted } from '../secrets/test/interrupted.ts'
import { type MemoryStore, memoryStore } from '../secrets/test/memory-store.ts'
import { person, stagePorts } from '../secrets/test/stage-ports.ts'
import { type SecretsRotateArguments, secretsRotate } from './secrets-rotate.ts'

const noon = Date.UTC(2026, 10, 28, 12)
const minutes = (count: number) => count * 60_000
const old = 'Hq7xZ2nWc9Lk4VtBm8Rs3YgJd6Fp1Ea5Uo0Ti-OEHq7xZ2nWc9Lk4VtBm8Rs3YgJ'
const clientSecret = 'Vt4mQ8sLz2Kx9RfJw6Yb3NhCd7Gp5Ea1Uo0Ti-IAVt4mQ8sLz2Kx9RfJw6Yb3NhC'
const newClientSecret = 'Zx8cVb6nMq4wErT2yUi0oPa9sDf7gHj5kLZx8cVb6nMq4wErT2yUi0oPa9sDf7gH'
const token = '5e0f1d2c3b4a59687786a5b4c3d2e1f0'
const newToken = '0f1e2d3c4b5a69788796a5b4c3d2e1f5'
const sessionSecret = 'Nb5vCx3zLk1jHg9fDs7aPo5iUy3tRe1wQmNb5vCx3zLk1jHg9fDs7aPo5iUy3tRe'
/** 48 bytes of 1, 2, 3 … in base64url. */
const made = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8w'
const values = [old, clientSecret, newClientSecret, token, newToken, sessionSecret, made]

const id = (name: string) => `sleepconnect/develop/${name}`
const filled = () =>
  memoryStore(
    {
      [id('auth0')]: JSON.stringify({ clientSecret }),
      [id('session')]: JSON.stringify({ current: sessionSecret }),
      [id('twilio')]: JSON.stringify({ authToken: token }),
      [id('user-context')]: JSON.stringify({ current: old }),
    },
    noon,
  )

function rotate(
  name: string,
  store: SecretStore,
  {
    person: who = person([]),
    first = 1,
    ...given
  }: Partial<SecretsRotateArguments> & { person?: Person; first?: number } = {},
) {
  const arguments_ = { stage: 'develop', name, status: false, again: false, stdin: false, yes: false, ...given }
  return secretsRotate(arguments_, {
    ...stagePorts(),
    store,
    person: who,
    randomBytes: (count) => Uint8Array.from({ length: count }, (_, index) => index + first),
    fingerprint: fingerprintUnder(Buffer.from('a key of the tests')),
  })
}

const stored = (store: MemoryStore, name: string) => JSON.parse(store.versionsOf(id(name)).at(-1)?.text ?? 'null')
const history = (store: MemoryStore, name: string) => store.versionsOf(id(name)).map(({ text }) => JSON.parse(text))

describe('the signing secret', () => {
  test('S1: prepare, wait, promote, wait, retire: one command, run again and again', async () => {
    const store = filled()
    const prepared = await rotate('user-context', store)
    expect(prepared.kind).toBe('done')
    expect(prepared.text).toContain('prepare user-context, read back and found equal: fingerprint ')
    expect(prepared.text).toContain('Next: promote is due in 6 min, at 2026-11-28 12:06:00 UTC')

    store.nowMs += minutes(2)
    const early = await rotate('user-context', store)
    expect([early.kind, exitCode(early)]).toEqual(['refused', 1])
    expect('reason' in early && early.reason).toBe(
      'Nothing is due yet: promote is due in 4 min, at 2026-11-28 12:06:00 UTC. Run npx zones secrets rotate develop user-context again then.',
    )

    store.nowMs += minutes(4)
    expect((await rotate('user-context', store)).text).toContain('Next: retire is due in 22 min')
    store.nowMs += minutes(22)
    expect((await rotate('user-context', store)).text).toContain('The rotation is complete')
    expect(history(store, 'user-context')).toEqual([
      { current: old },
      { current: old, next: made },
      { current: made, previous: old },
      { current: made },
    ])
  })

  test('a run too many after the end begins no second rotation', async () => {
    const store = filled()
    for (const wait of [0, 6, 22]) {
      store.nowMs += minutes(wait)
      await rotate('user-context', store)
    }
    store.nowMs += minutes(5)
    const outcome = await rotate('user-context', store)
    expect(outcome.kind).toBe('done')
    expect(outcome.text).toContain('ended at 2026-11-28 12:28:00 UTC; nothing is due')
    expect(history(store, 'user-context')).toHaveLength(4)
    expect((await rotate('user-context', store, { again: true, yes: true, first: 100 })).kind).toBe('done')
    expect(Object.keys(stored(store, 'user-context'))).toEqual(['current', 'next'])
  })

  test.each([
    [{ current: old }, undefined, 'no rotation is under way'],
    [
      { current: old, next: made },
      'promote is due in 6 min, at 2026-11-28 12:06:00 UTC',
      'written at 2026-11-28 12:00:00 UTC',
    ],
    [{ current: made, previous: old }, 'retire is due in 22 min', 'written at'],
  ])('--status says where it stands, asks nobody and changes nothing (%#)', async (fields, when = '', says) => {
    const store = memoryStore({ [id('user-context')]: JSON.stringify(fields) }, noon)
    const who = person([], { present: false })
    const outcome = await rotate('user-context', store, { status: true, person: who })
    expect([outcome.kind, who.shown]).toEqual(['done', []])
    expect(outcome.text).toContain(when)
    expect(outcome.text).toContain(says)
    expect(store.calls.filter(([call]) => call === 'write')).toEqual([])
  })
})

describe('what others make', () => {
  test('auth0: the new client secret is typed, and takes the place of the old one', async () => {
    const store = filled()
    const who = person([newClientSecret])
    const outcome = await rotate('auth0', store, { person: who })
    expect(outcome.kind).toBe('done')
    expect(history(store, 'auth0')).toEqual([{ clientSecret }, { clientSecret: newClientSecret }])
    expect(who.shown.at(-1)).toContain('people cannot sign in')
  })

  test('twilio: the token before is accepted until a person says that it is not used any more', async () => {
    const store = filled()
    expect(
      (await rotate('twilio', store, { stdin: true, yes: true, person: person([], { piped: newToken }) })).kind,
    ).toBe('done')
    expect(stored(store, 'twilio')).toEqual({ authToken: newToken, previousAuthToken: token })
    store.nowMs += minutes(24 * 60 + 6)
    const who = person([])
    expect((await rotate('twilio', store, { person: who })).kind).toBe('done')
    expect(who.shown.at(-1)).toContain('Agree only if the new one is the primary token')
    expect(stored(store, 'twilio')).toEqual({ authToken: newToken })
  })

  test('session: a new secret is used at once, and the one before opens sessions for a working day', async () => {
    const store = filled()
    expect((await rotate('session', store)).text).toContain(
      'Next: retire is due in 12 h 6 min, at 2026-11-29 00:06:00 UTC',
    )
    expect(stored(store, 'session')).toEqual({ current: made, previous: sessionSecret })
  })

  test('the value that is there already changes nothing, as after an answer that was lost', async () => {
    const store = filled()
    const outcome = await rotate('auth0', store, { person: person([clientSecret]) })
    expect([outcome.kind, outcome.text]).toEqual([
      'done',
      'Nothing was changed: auth0 of develop is this very value already.',
    ])
    expect(history(store, 'auth0')).toHaveLength(1)
  })

  test.each([
    ['a placeholder', person([], { piped: 'your-secret-here' }), true, 'is a placeholder'],
    [
      'the session secret (correction 13)',
      person([], { piped: sessionSecret }),
      true,
      'values of auth0 and session are the same',
    ],
    ['the signing secret', person([], { piped: old }), true, 'values of auth0 and user-context are the same'],
    [
      'nothing, for there is nobody to ask',
      person([], { present: false }),
      false,
      'nobody to ask here. Pipe the new value of auth0 in with --stdin.',
    ],
  ])('auth0 is not rotated to %s', async (_what, who, stdin, reason) => {
    const store = filled()
    const outcome = await rotate('auth0', store, { person: who, stdin, yes: true })
    expect(outcome.kind).toBe('refused')
    expect('reason' in outcome && outcome.reason).toContain(reason)
    expect(history(store, 'auth0')).toHaveLength(1)
  })
})

describe('refused or declined', () => {
  test.each([
    [
      'a name that is none',
      old,
      filled(),
      {},
      /no secret of that name; there are auth0, session, twilio, user-context/,
    ],
    ['a secret that nothing has made', 'session', memoryStore({}, noon), {}, /zones infra apply develop/],
    [
      'a secret without a value',
      'session',
      memoryStore({ [id('session')]: null }, noon),
      {},
      /zones secrets set develop session/,
    ],
    [
      'a value without a shape',
      'session',
      memoryStore({ [id('session')]: old }, noon),
      {},
      /is no JSON record.*zones secrets set develop session --replace/,
    ],
    ['nobody to agree', 'session', filled(), { person: person([], { present: false }) }, /nobody to ask here/],
    ['a stage that is none', 'session', filled(), { stage: 'rehearsal' }, /No stage of that name/],
  ])('%s', async (_what, name, store, given, reason) => {
    const outcome = await rotate(name, store, given)
    expect(outcome.kind).toBe('refused')
    expect('reason' in outcome && outcome.reason).toMatch(reason)
    expect(JSON.stringify(outcome)).not.toContain(old.slice(0, 12))
    expect(store.calls.filter(([call]) => call === 'write')).toEqual([])
  })

  test.each([
    ['user-context', person([], { agrees: false })],
    ['auth0', person([])],
  ])('%s: a person who does not agree has changed nothing', async (name, who) => {
    const store = filled()
    const outcome = await rotate(name, store, { person: who })
    expect([outcome.kind, exitCode(outcome)]).toEqual(['declined', 3])
    expect(history(store, name)).toHaveLength(1)
  })

  test('of two people who take the same step, one is refused, and one next secret is left', async () => {
    const store = filled()
    const slow = {
      ...person([]),
      agrees: async () => (await rotate('user-context', store, { yes: true })).kind === 'done',
    }
    const outcome = await rotate('user-context', store, { person: slow, first: 100 })
    expect(outcome.kind).toBe('refused')
    expect('reason' in outcome && outcome.reason).toContain('Somebody else has just changed user-context')
    expect(stored(store, 'user-context')).toEqual({ current: old, next: made })
  })

  test('a person who agrees an hour late does not undo what another one has done since', async () => {
    const store = filled()
    const late = {
      ...person([]),
      agrees: async () => {
        for (const wait of [0, 6, 22]) {
          store.nowMs += minutes(wait)
          await rotate('user-context', store, { yes: true })
        }
        return true
      },
    }
    expect((await rotate('user-context', store, { person: late, first: 100 })).kind).toBe('refused')
    expect(stored(store, 'user-context')).toEqual({ current: made })
  })
})

describe('broken off', () => {
  /** A whole rotation, each step as soon as it is due; `run` may end early and is then begun again. */
  async function whole(store: MemoryStore, waits: readonly number[], run: (store: SecretStore) => Promise<unknown>) {
    for (const wait of waits) {
      store.nowMs += minutes(wait)
      await run(store)
    }
  }
  const who = (name: string) => person(name === 'twilio' ? [newToken, ''] : [])
  const cases = [
    [
      'user-context',
      [0, 6, 22],
      [{ current: old }, { current: old, next: made }, { current: made, previous: old }, { current: made }],
    ],
    ['session', [0, 726], [{ current: sessionSecret }, { current: made, previous: sessionSecret }, { current: made }]],
    [
      'twilio',
      [0, 1446],
      [{ authToken: token }, { authToken: newToken, previousAuthToken: token }, { authToken: newToken }],
    ],
  ] as const

  test.each(cases)(
    '%s: wherever it is broken off, the same command goes on, and nothing is done twice',
    async (name, waits, wanted) => {
      const plain = filled()
      await whole(plain, waits, (store) => rotate(name, store, { person: who(name) }))
      expect(history(plain, name)).toEqual(wanted)
      const calls = plain.calls.length
      expect(calls).toBeGreaterThan(6)
      for (const where of ['before', 'after'] as const) {
        for (let at = 1; at <= calls; at += 1) {
          const store = filled()
          const cut = interrupted(store, at, where)
          let broken = false
          await whole(store, waits, async () => {
            if (!broken) {
              const first = rotate(name, cut.store, { person: who(name) })
              broken = (await Promise.race([first.then(({ kind }) => kind), cut.reached])) === 'reached'
              if (!broken) return
            }
            await rotate(name, store, { person: who(name) })
          })
          expect(broken).toBe(true)
          expect(history(store, name), `${where} call ${at}`).toEqual(wanted)
        }
      }
    },
  )
})

test('no value is ever shown: not in questions, outcomes or ids, and only a write carries one', async () => {
  const store = filled()
  const said: unknown[] = []
  for (const [name, typed, wait] of [
    ['user-context', [], 0],
    ['user-context', [], 1],
    ['user-context', [], 5],
    ['user-context', [], 22],
    ['user-context', [], 0],
    ['session', [], 0],
    ['auth0', [sessionSecret, newClientSecret], 0],
    ['twilio', ['0', newToken, ''], 0],
  ] as const) {
    store.nowMs += minutes(wait)
    const who = person(typed)
    said.push(await rotate(name, store, { person: who }), who.shown, await rotate(name, store, { status: true }))
  }
  const visible = JSON.stringify([
    said,
    store.calls.map(([call, ...parameters]) => (call === 'write' ? [parameters[0], parameters[2]] : parameters)),
  ])
  for (const value of values) expect(visible).not.toContain(value.slice(0, 12))
})

test.each(['session', 'user-context'])(
  'a value of %s is made here: one that is piped in is refused, not lost',
  async (name) => {
    const store = filled()
    const outcome = await rotate(name, store, { stdin: true, yes: true, person: person([], { piped: newToken }) })
    expect(outcome).toEqual({
      ...{ kind: 'refused', text: '' },
      reason: `--stdin has no effect: a new value of ${name} is made here. Leave it out.`,
    })
    expect(history(store, name)).toHaveLength(1)
  },
)
