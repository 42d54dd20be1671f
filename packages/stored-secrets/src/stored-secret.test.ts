import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { databaseAdministrator, signingSecrets } from './secret-schemas.ts'
import { storedSecret } from './stored-secret.ts'
import { StoredSecretError, type StoredSecretFailure } from './stored-secret-error.ts'

const ID = 'sleepconnect/develop/example'

/** A store that can be changed, broken and held up, and a clock that is set. */
function stored(first: string | StoredSecretFailure) {
  const world = { nowSec: 0, reads: 0, value: first, until: Promise.resolve() }
  const warned: string[] = []
  const secret = storedSecret({
    id: ID,
    schema: z.object({ current: z.string().min(3) }),
    read: async (id) => {
      world.reads += 1
      await world.until
      if (!world.value.startsWith('{') && world.value !== 'nonsense') {
        throw new StoredSecretError(id, world.value as StoredSecretFailure)
      }
      return world.value
    },
    nowMs: () => world.nowSec * 1000,
    logger: { warn: (message, { code }) => void warned.push(`${message}: ${code}`) },
  })
  return { world, warned, secret }
}

test('a value is read when first asked for, and again five minutes later', async () => {
  const { world, secret } = stored('{"current":"first"}')
  expect(world.reads).toBe(0)
  const before = await secret.get()
  expect(before).toEqual({ current: 'first' })
  world.value = '{"current":"second"}'
  world.nowSec = 299
  expect(await secret.get()).toBe(before)
  world.nowSec = 300
  expect(await secret.get()).toEqual({ current: 'second' })
  expect(world.reads).toBe(2)
})

test('whoever asks at the same time shares one call', async () => {
  const { world, secret } = stored('{"current":"first"}')
  const values = await Promise.all([secret.get(), secret.get(), secret.refresh()])
  expect(new Set(values).size).toBe(1)
  expect(world.reads).toBe(1)
})

test('a value that has not changed stays the same object, so that nobody makes keys of it again', async () => {
  const { world, secret } = stored('{"current":"first"}')
  const before = await secret.get()
  world.nowSec = 300
  expect(await secret.get()).toBe(before)
  expect(world.reads).toBe(2)
})

describe('a read that fails', () => {
  test('leaves the last value in use, says so without it, and is tried again ten seconds later', async () => {
    const { world, warned, secret } = stored('{"current":"first"}')
    await secret.get()
    world.value = 'unavailable'
    world.nowSec = 300
    expect(await secret.get()).toEqual({ current: 'first' })
    expect(warned).toEqual([`the secret ${ID} could not be read again, its last value stays in use: unavailable`])
    world.nowSec = 309
    await secret.get()
    expect(world.reads).toBe(2)
    world.value = '{"current":"second"}'
    world.nowSec = 310
    expect(await secret.get()).toEqual({ current: 'second' })
  })

  test('the first time is told to whoever asks, and the next one asks anew', async () => {
    const { world, secret } = stored('not_found')
    await expect(secret.get()).rejects.toThrow(new StoredSecretError(ID, 'not_found'))
    world.value = '{"current":"first"}'
    expect(await secret.get()).toEqual({ current: 'first' })
  })

  test.each(['nonsense', '{"current":1}', '{"current":"x"}', '{}'])(
    '%s is malformed, and not quoted',
    async (value) => {
      const { secret } = stored(value)
      await expect(secret.get()).rejects.toThrow(new StoredSecretError(ID, 'malformed'))
    },
  )

  test('a value that is spoilt later does not replace a good one', async () => {
    const { world, warned, secret } = stored('{"current":"first"}')
    await secret.get()
    world.value = '{"current":"x"}'
    world.nowSec = 300
    expect(await secret.get()).toEqual({ current: 'first' })
    expect(warned).toHaveLength(1)
  })
})

describe('after a refusal', () => {
  test('the value is read before it is due, but not more than once in ten seconds', async () => {
    const { world, secret } = stored('{"current":"first"}')
    await secret.get()
    world.value = '{"current":"second"}'
    world.nowSec = 9
    expect(await secret.refresh()).toEqual({ current: 'first' })
    world.nowSec = 10
    expect(await secret.refresh()).toEqual({ current: 'second' })
    world.nowSec = 19
    await secret.refresh()
    expect(world.reads).toBe(2)
  })

  test('and is not due again until five minutes after that', async () => {
    const { world, secret } = stored('{"current":"first"}')
    await secret.get()
    world.nowSec = 200
    await secret.refresh()
    world.nowSec = 499
    await secret.get()
    expect(world.reads).toBe(2)
  })
})

describe('what is stored', () => {
  const long = 'k'.repeat(32)
  test.each([
    ['one signing secret', { current: long }],
    ['three of a rotation', { current: long, next: long, previous: long }],
  ])('%s is taken', (_what, value) => {
    expect(signingSecrets.parse(value)).toEqual(value)
  })

  test('a field that a later release adds is passed over', () => {
    expect(signingSecrets.parse({ current: long, later: 1 })).toEqual({ current: long })
  })

  test.each([
    ['a short secret', { current: 'k'.repeat(31) }],
    ['a short next one', { current: long, next: 'k' }],
    ['none', { previous: long }],
  ])('%s is not', (_what, value) => {
    expect(signingSecrets.safeParse(value).success).toBe(false)
  })

  test('of an administrator, name and password are kept', () => {
    const master = { username: 'sax_admin', password: 'p', engine: 'postgres', host: 'h', port: 5432 }
    expect(databaseAdministrator.parse(master)).toEqual({ username: 'sax_admin', password: 'p' })
  })
})
