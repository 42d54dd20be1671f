import { createHash } from 'node:crypto'
import { ambiguousTargets, MARKER, OUTER, type RawCase, rawCases } from '@sax/edge/raw-http/cases'
import { converse } from '@sax/edge/raw-http/conversation'
import { type AnswersRead, readAnswers } from '@sax/edge/raw-http/read-answers'
import { readStrictly } from '@sax/edge/raw-http/strict-reader'
import { outreachApiPath } from '@sax/topology'
import { logsOf } from '../site/log-sweep.ts'
import type { SiteUnderTest } from '../site/site-under-test.ts'
import { expect, test } from '../site/test.ts'

const cases = [...rawCases, ...ambiguousTargets]

interface Said extends AnswersRead {
  readonly hasEnded: boolean
}

/** Sends a text as it is to a server of the site, under the site's own name, and hears it out. */
async function say(to: string, text: string, answers: number, methods: readonly string[]): Promise<Said> {
  const viewer = await converse(Number(new URL(to).port))
  viewer.send(text)
  const read = () => readAnswers(viewer.received(), methods, viewer.isClosed())
  await viewer.until(() => read().answers.length >= answers)
  viewer.finish()
  const hasEnded = await viewer.until(() => false)
  viewer.destroy()
  return { ...read(), hasEnded }
}

/** A case with a path of its own, by which the logs know it, and with the hash that a function asks for of a body. */
function prepared({ text }: RawCase, path: string, { urls }: SiteUnderTest): string {
  const named = text.replaceAll('{host}', new URL(urls.host).host).replaceAll(OUTER, path)
  const body = readStrictly(named).requests[0]?.body ?? ''
  const hash = createHash('sha256').update(body, 'latin1').digest('hex')
  return body === '' ? named : named.replace('\r\n', `\r\nx-amz-content-sha256: ${hash}\r\n`)
}

/** How often each part of the site wrote a path down, by name of its log. */
async function written(site: SiteUnderTest, path: string): Promise<ReadonlyMap<string, number>> {
  const logs = await logsOf(site)
  const line = `"path":"${path}"`
  return new Map([...logs].map(([name, text]) => [name, text.split(line).length - 1]))
}

/** The parts behind the host that answer themselves. */
const behindTheHost = ['outreach-api-routes.log', 'outreach-api.log', 'outreach.log']

/** `strict`: the server takes what the strict reader takes, and nothing else. */
async function sendAll(site: SiteUnderTest, to: string, label: string, reading: 'strict' | 'lenient'): Promise<void> {
  for (const [i, one] of cases.entries()) {
    const path = outreachApiPath(`raw-${label}-${i}`)
    const text = prepared(one, path, site)
    const { requests, end } = readStrictly(text)
    const said = await say(
      to,
      text,
      requests.length,
      requests.map(({ method }) => method),
    )
    expect.soft(said.hasEnded, `${one.name}: the connection ends`).toBe(true)
    // What is broken may be refused, once; whoever forgives it may find what is inside of it.
    const more = end === 'whole' ? 0 : reading === 'strict' ? 1 : 2
    expect.soft(said.answers.length, `${one.name}: answers`).toBeLessThanOrEqual(requests.length + more)
    if (reading === 'strict') {
      const owed = one.reaches.filter((request) => request.split(' ')[1] === OUTER).length
      const arrived = async () => (await written(site, path)).get('outreach-api-routes.log')
      await expect.poll(arrived, { message: `${one.name}: arrived` }).toBe(owed)
    }
  }
  await logsAreWritten(site, label)
  for (const [i, one] of cases.entries()) {
    const path = outreachApiPath(`raw-${label}-${i}`)
    const { requests, end } = readStrictly(prepared(one, path, site))
    // Next takes a fragment, which no client sends, off the path it carries.
    const sent = requests.filter(({ target }) => target.split('#')[0] === path).length
    const times = await written(site, path)
    const arrived = Math.max(...behindTheHost.map((log) => times.get(log) ?? 0))
    expect.soft(arrived, `${one.name}: arrived`).toBeLessThanOrEqual(end === 'whole' ? sent : sent + 1)
  }
}

/** Resolves when what was asked before is in the logs: lines go through a pipe, in their order. */
async function logsAreWritten(site: SiteUnderTest, label: string): Promise<ReadonlyMap<string, number>> {
  const { host } = new URL(site.urls.host)
  const path = outreachApiPath(`raw-${label}-last`)
  const get = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: raw\r\nConnection: close\r\n\r\n`
  expect((await say(site.urls.host, get, 1, ['GET'])).answers).toHaveLength(1)
  await expect.poll(async () => (await written(site, path)).get('outreach-api-routes.log')).toBe(1)
  return written(site, path)
}

/** The parts that saw a request which only ever was inside of another one. */
async function smuggledInto(site: SiteUnderTest): Promise<readonly string[]> {
  return [...(await written(site, MARKER))].flatMap(([log, times]) => (times === 0 ? [] : [log]))
}

test.describe.configure({ mode: 'serial' })

test('a request leaves its path in the log of each part it passes, so that a smuggled one would, too', async ({
  site,
  siteKind,
}) => {
  const times = await logsAreWritten(site, `control-${siteKind}`)
  expect(times.get('outreach-api-routes.log')).toBe(1)
  expect(times.get('edge.log')).toBeGreaterThanOrEqual(1)
})

test('through the front door one request is one request to every part, and nothing inside of it is another', async ({
  site,
  siteKind,
}) => {
  await sendAll(site, site.urls.host, `door-${siteKind}`, 'strict')
  expect(await smuggledInto(site)).toEqual([])
})

// Nobody but the front door reaches the host's own server, which is Next's and reads some codings as chunks.
test('R9: through the host alone nothing inside of a request gets past it to the zone', async ({ site, siteKind }) => {
  await sendAll(site, site.urls.hostPages, `host-${siteKind}`, 'lenient')
  expect((await smuggledInto(site)).filter((log) => log !== 'sleepconnect.log')).toEqual([])
})
