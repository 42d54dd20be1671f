import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { patients, people, templates } from '@sax/sample-data'
import { canaries } from '../site/canary.ts'
import { e2eDataDir, theSite } from '../site/data-dir.ts'

interface StoredState {
  readonly cookies: readonly { readonly name: string; readonly value: string }[]
}

async function logs(): Promise<ReadonlyMap<string, string>> {
  const { logDir } = theSite()
  const names = await readdir(logDir)
  const texts = await Promise.all(names.map((name) => readFile(join(logDir, name), 'utf8')))
  return new Map(names.map((name, index) => [name, texts[index] ?? '']))
}

/** Cookies of everybody who signed in during this run. */
async function sessionCookies(): Promise<readonly string[]> {
  const folder = join(e2eDataDir, 'sessions')
  const states = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))
  return states.flatMap((text) => (JSON.parse(text) as StoredState).cookies.map(({ value }) => value))
}

test('S9: no log of any part holds a name, an address, a number, a message, a search or a secret', async () => {
  const site = theSite()
  const needles: Readonly<Record<string, readonly string[]>> = {
    'a name of staff': people.map(({ name }) => name),
    'an e-mail of staff': people.map(({ email }) => email),
    "a patient's full name": patients.map(({ firstName, lastName }) => `${firstName} ${lastName}`),
    "a patient's phone number": patients.flatMap(({ phone }) => (phone ? [phone] : [])),
    "a patient's e-mail": patients.flatMap(({ email }) => (email ? [email] : [])),
    'a message': templates.map(({ content }) => content.slice(0, 40)),
    'a word a test typed': Object.values(canaries),
    'a search': ["o'brien", 'o%27brien', 'search='],
    'a session cookie': (await sessionCookies()).filter((value) => value.length > 20),
    'the start of a token': ['eyJ'],
    'a secret': [site.userContextSecret, new URL(site.databaseUrl).password, new URL(site.databaseAdminUrl).password],
  }
  const found: string[] = []
  for (const [file, text] of await logs()) {
    const lower = text.toLowerCase()
    for (const [what, values] of Object.entries(needles)) {
      const hits = values.filter((value) => lower.includes(value.toLowerCase()))
      // Which log and what kind, never the value itself: this text is printed.
      if (hits.length > 0) found.push(`${file} holds ${what} (${hits.length} different ones)`)
    }
  }
  expect(found).toEqual([])
})

test('S9: every hop wrote its requests down, on one line each', async () => {
  const text = [...(await logs()).values()].join('\n')
  for (const service of ['edge', 'sleepconnect', 'outreach', 'outreach-api-routes', 'outreach-api']) {
    const lines = text.split('\n').filter((line) => line.includes(`"service":"${service}"`))
    const requests = lines.filter((line) => line.includes('"message":"request"'))
    expect(requests.length, `request lines of ${service}`).toBeGreaterThan(10)
    const bytes = requests.reduce((sum, line) => sum + line.length, 0) / requests.length
    expect(bytes, `bytes of a request line of ${service}`).toBeLessThan(500)
  }
})
