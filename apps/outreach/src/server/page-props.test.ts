import { navigation, outreachPath } from '@sax/topology'
import { USER_CONTEXT_NAME } from '@sax/user-context'
import { createMinter } from '@sax/user-context/mint'
import { beforeAll, expect, test, vi } from 'vitest'

const secret = 'only-a-test-secret-only-a-test-secret'
const hostUrl = 'https://host.test'
const viewer = {
  saxId: 1386,
  tenantId: '00000000-0000-4000-8000-000000000001',
  practiceId: '00000000-0000-4000-8000-000000000020',
  email: 'ana@example.test',
  name: 'Ana',
  roles: ['coordinator'] as const,
}
const ID = '00000000-0000-4000-8000-0000000000aa'

let asked: typeof import('./page-props.ts')
let token: string
beforeAll(async () => {
  for (const [name, value] of Object.entries({
    STAGE: 'local',
    RELEASE: 'r1',
    AUTH0_CLIENT_SECRET: secret,
    SLEEPCONNECT_URL: hostUrl,
  })) {
    vi.stubEnv(name, value)
  }
  asked = await import('./page-props.ts')
  token = (await createMinter({ secret, nowSec: () => Date.now() / 1000 })(viewer, 900)).token
})

type Asked = Parameters<typeof asked.missingProps>[0]
const request = (headers: Record<string, string | string[]>, params?: Record<string, string>) => {
  const res = { statusCode: 200 }
  return { res, asked: { req: { headers }, res, params } as unknown as Asked }
}
const path = (id: string) => outreachPath('conversations', id)

test('R11: without a token there is nothing but the way to the page under the name that signs in', async () => {
  expect(await asked.signedInProps(path)(request({}, { id: ID }).asked)).toEqual({
    redirect: { destination: `${hostUrl}/outreach/conversations/${ID}`, permanent: false },
  })
})

test.each([
  ['a token of another secret', `${'x'.repeat(10)}.y.z`],
  ['an empty token', ''],
])('R11: %s is none', async (_what, wrong) => {
  const answered = await asked.signedInProps(path)(request({ [USER_CONTEXT_NAME]: wrong }, { id: ID }).asked)
  expect(answered).toHaveProperty('redirect')
})

test('a page is made for whom the token names, with the nonce of the answer', async () => {
  const { res, asked: question } = request({ [USER_CONTEXT_NAME]: token, 'x-nonce': 'n1' }, { id: ID })
  expect(await asked.signedInProps(path)(question)).toEqual({
    props: { site: { viewer: expect.objectContaining(viewer), hostUrl, navigation }, nonce: 'n1', missing: false },
  })
  expect(res.statusCode).toBe(200)
})

test('what a page is made of can travel as JSON', async () => {
  const answered = await asked.signedInProps(() => outreachPath())(
    request({ cookie: `${USER_CONTEXT_NAME}=${token}` }).asked,
  )
  expect(JSON.parse(JSON.stringify(answered))).toStrictEqual(answered)
})

test('an id that cannot be one is answered 404 in the frame of the zone', async () => {
  const { res, asked: question } = request({ [USER_CONTEXT_NAME]: token }, { id: 'not-an-id' })
  expect(await asked.signedInProps(path)(question)).toMatchObject({ props: { missing: true, site: { hostUrl } } })
  expect(res.statusCode).toBe(404)
})

test('what is not there is answered 404 to anybody, and says nothing about anybody', async () => {
  const { res, asked: question } = request({})
  expect(await asked.missingProps(question)).toEqual({ props: { site: null, nonce: '', missing: true } })
  expect(res.statusCode).toBe(404)
  expect(await asked.missingProps(request({ [USER_CONTEXT_NAME]: token }).asked)).toMatchObject({
    props: { missing: true, site: { viewer: { name: 'Ana' } } },
  })
})
