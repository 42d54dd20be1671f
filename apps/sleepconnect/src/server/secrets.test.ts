import { createLogger } from '@sax/logging'
import { expect, test } from 'vitest'
import { hostSecrets, madeOf } from './secrets.ts'

const logger = createLogger({ service: 'test', level: 'error' })
const key = (letter: string) => letter.repeat(32)

function stored(values: Readonly<Record<string, unknown>>) {
  const asked: string[] = []
  let nowMs = 0
  const fetch = (async (_url: string, init: { body: string }) => {
    const { SecretId: id } = JSON.parse(init.body)
    asked.push(id)
    return Response.json({ SecretString: JSON.stringify(values[id]) })
  }) as unknown as typeof globalThis.fetch
  const settings = {
    kind: 'stored',
    ids: { auth0: 'a', session: 's', userContext: 'u' },
    region: 'us-east-1',
    secretsEndpoint: 'http://127.0.0.1:9',
    credentials: { accessKeyId: 'k', secretAccessKey: 's' },
  } as const
  const secrets = hostSecrets(settings, { fetch, nowMs: () => nowMs, logger })
  return { secrets, asked, later: (sec: number) => (nowMs += sec * 1000) }
}

const values = {
  a: { clientSecret: key('a') },
  s: { current: key('s'), previous: key('p') },
  u: { current: key('u'), next: key('n') },
}

test('each secret is read when it is needed, by its own name, and kept for five minutes', async () => {
  const { secrets, asked, later } = stored(values)
  expect(await secrets.session.get()).toEqual({ current: key('s'), previous: key('p') })
  expect(await secrets.userContext.get()).toEqual({ current: key('u'), next: key('n') })
  later(299)
  await secrets.session.get()
  expect(asked).toEqual(['s', 'u'])
  later(2)
  await secrets.session.get()
  expect(asked).toEqual(['s', 'u', 's'])
})

test.each([{ clientSecret: 'short' }, { secret: key('a') }, 'text', null])(
  'a value like %j is refused, unsaid',
  async (value) => {
    const failure = await stored({ ...values, a: value })
      .secrets.auth0.get()
      .catch((error: unknown) => String(error))
    expect(failure).toContain('could not be read: malformed')
    expect(failure).not.toContain('short')
  },
)

test('given values are there at once and stay', async () => {
  const given = {
    kind: 'given',
    auth0: { clientSecret: key('a') },
    session: { current: key('s') },
    userContext: { current: key('u') },
  } as const
  const secrets = hostSecrets(given, {
    fetch: () => Promise.reject(new Error('nobody is asked')),
    nowMs: () => 0,
    logger,
  })
  expect(await secrets.session.refresh()).toBe(await secrets.session.get())
})

test('what is made of a secret is made again only when it changes', () => {
  let made = 0
  const make = madeOf((_value: object) => {
    made += 1
    return made
  })
  const [a, b] = [{}, {}]
  expect([make(a), make(a), make(b), make(b), make(a)]).toEqual([1, 1, 2, 2, 3])
})
