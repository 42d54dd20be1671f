import { afterAll, beforeAll, expect, test } from 'vitest'
import { ambiguousTargets, MARKER, type RawCase, rawCases } from '../test/raw-http/cases.ts'
import { type RawSite, startRawSite } from '../test/raw-http/raw-site.ts'

let site: RawSite

beforeAll(async () => {
  site = await startRawSite()
})

afterAll(() => site.close())

test.each(rawCases.map((one): [string, RawCase] => [one.name, one]))(
  '%s: as many requests come out as went in',
  async (_name, { text, answers, reaches }) => {
    const named = (sent: string) => sent.replaceAll('{host}', site.door.host)
    const outcome = await site.send([named(text)], answers.length)
    expect(outcome).toMatchObject({ isPrompt: true, end: 'whole', mixedUp: [] })
    expect(outcome.answers.map(({ status }) => status)).toEqual(answers)
    expect(outcome.reached.map(({ method, target, body }) => `${method} ${target} ${body}`)).toEqual(reaches.map(named))
    expect(outcome.reached.filter(({ target }) => target.includes(MARKER))).toEqual([])
  },
)

test.each(ambiguousTargets.map((one): [string, RawCase] => [one.name, one]))(
  '%s is refused by the function of the site',
  async (_name, { text }) => {
    const withFunctions = await startRawSite('site')
    try {
      const { answers, reached } = await withFunctions.send([text.replaceAll('{host}', withFunctions.door.host)], 1)
      expect(answers.map(({ status }) => status)).toEqual([400])
      expect(reached).toEqual([])
    } finally {
      await withFunctions.close()
    }
  },
)

test('nothing the front door wrote to an origin has two readings', () => {
  expect(site.origin.broken).toEqual([])
})

test('no request of the set broke the front door itself', () => {
  expect(site.door.errors).toEqual([])
})

test('trailers, identities among them, end at the front door', async () => {
  const head = `POST /outreach/api/outreach/raw HTTP/1.1\r\nHost: ${site.door.host}\r\nTransfer-Encoding: chunked\r\n`
  const { reached } = await site.send([`${head}\r\n1\r\na\r\n0\r\nx-sax-user-context: forged\r\n\r\n`], 1)
  expect(reached.map(({ body }) => body)).toEqual(['a'])
  expect(reached.flatMap(({ headers }) => headers.map(([name]) => name))).not.toContain('x-sax-user-context')
})

test.each(['host', 'content-length', 'via', 'x-forwarded-for'])('Connection cannot take %s away', async (named) => {
  const head = `POST /outreach/api/outreach/raw HTTP/1.1\r\nHost: ${site.door.host}\r\nConnection: close, ${named}\r\n`
  const { reached } = await site.send([`${head}Content-Length: 3\r\n\r\nabc`], 1)
  expect(reached.flatMap(({ headers }) => headers.map(([name]) => name))).toContain(named)
})
