import { expect, test } from 'vitest'
import { pictureLinks } from './picture-links.ts'

const NOON = Date.parse('2026-11-02T12:00:00Z')
const TOKEN = 'a-token-of-the-carrier-0123456789abcd'
const NEXT = 'the-token-after-a-rotation-0123456789'
const id = '50000000-0000-4000-8000-000000000001'
const linksOf = (tokens: readonly string[] = [TOKEN], nowMs = NOON) =>
  pictureLinks({ publicBaseUrl: 'https://api.example.test/dev', tokens: async () => tokens, nowMs: () => nowMs })

async function queryOf(link: string) {
  const { searchParams } = new URL(link)
  return { until: searchParams.get('until') ?? '', signature: searchParams.get('signature') ?? '' }
}

test('a link leads to the public base, holds the picture and its end, and is believed', async () => {
  const link = await linksOf().linkTo(id)
  const { pathname, origin, searchParams } = new URL(link)
  expect(origin + pathname).toBe(`https://api.example.test/dev/outreach/webhooks/twilio/media/${id}`)
  expect([...searchParams.keys()]).toEqual(['until', 'signature'])
  expect(searchParams.get('until')).toBe(String(Date.parse('2026-11-02T23:00:00Z') / 1000))
  expect(Buffer.from(searchParams.get('signature') ?? '', 'base64url')).toHaveLength(32)
  expect(await linksOf().judge(id, await queryOf(link))).toBe('good')
})

test('after eleven hours it has expired', async () => {
  const query = await queryOf(await linksOf().linkTo(id))
  expect(await linksOf([TOKEN], NOON + 11 * 3_600_000 - 1).judge(id, query)).toBe('good')
  expect(await linksOf([TOKEN], NOON + 11 * 3_600_000).judge(id, query)).toBe('expired')
})

test('through a rotation links of before and after are believed, and then those of before no longer', async () => {
  const before = await queryOf(await linksOf([TOKEN]).linkTo(id))
  const after = await queryOf(await linksOf([NEXT, TOKEN]).linkTo(id))
  expect(after.signature).not.toBe(before.signature)
  for (const query of [before, after]) expect(await linksOf([NEXT, TOKEN]).judge(id, query)).toBe('good')
  expect(await linksOf([NEXT]).judge(id, before)).toBe('forged')
  expect(await linksOf([]).judge(id, after)).toBe('forged')
})

test.each<
  [what: string, change: (query: { until: string; signature: string }) => { until: string; signature: string }]
>([
  ['a later end', (query) => ({ ...query, until: String(Number(query.until) + 1) })],
  ['the same end, spelt otherwise', (query) => ({ ...query, until: `0${query.until}` })],
  ['no end', (query) => ({ ...query, until: '' })],
  ['half a signature', (query) => ({ ...query, signature: query.signature.slice(0, 20) })],
  ['no signature', (query) => ({ ...query, signature: '' })],
  [
    'an edited signature',
    ({ until, signature }) => ({ until, signature: `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}` }),
  ],
  ['the signature of nothing', (query) => ({ ...query, signature: Buffer.alloc(32).toString('base64url') })],
])('%s is forged', async (_what, change) => {
  const query = await queryOf(await linksOf().linkTo(id))
  expect(await linksOf().judge(id, change(query))).toBe('forged')
})

test('the link of one picture opens no other', async () => {
  const query = await queryOf(await linksOf().linkTo(id))
  expect(await linksOf().judge('50000000-0000-4000-8000-000000000002', query)).toBe('forged')
})

test('without a token there is no link', async () => {
  await expect(linksOf([]).linkTo(id)).rejects.toThrow('no token')
})
