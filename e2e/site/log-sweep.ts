import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LocalSite } from '@sax/local/settings'
import { patients, people, templates } from '@sax/sample-data'
import { canaries } from './canary.ts'

interface StoredState {
  readonly cookies: readonly { readonly name: string; readonly value: string }[]
}

/** All log files of a site, by name. */
export async function logsOf({ logDir }: Pick<LocalSite, 'logDir'>): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(logDir)
  const texts = await Promise.all(names.map((name) => readFile(join(logDir, name), 'utf8')))
  return new Map(names.map((name, index) => [name, texts[index] ?? '']))
}

/** What must never be in a log, by kind, in lower case. */
async function secrets(site: LocalSite, dataDir: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const kinds: Readonly<Record<string, readonly string[]>> = {
    'a name of staff': people.map(({ name }) => name),
    'an e-mail of staff': people.map(({ email }) => email),
    "a patient's full name": patients.map(({ firstName, lastName }) => `${firstName} ${lastName}`),
    "a patient's phone number": patients.flatMap(({ phone }) => (phone ? [phone] : [])),
    "a patient's e-mail": patients.flatMap(({ email }) => (email ? [email] : [])),
    'a message': templates.map(({ content }) => content.slice(0, 40)),
    'a word a test typed': Object.values(canaries),
    'a search': ["o'brien", 'o%27brien', 'search='],
    'a session cookie': await sessionCookies(dataDir),
    'a secret': [site.userContextSecret, new URL(site.databaseUrl).password, new URL(site.databaseAdminUrl).password],
  }
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, values]) => [
      kind,
      values.filter((value) => value !== '').map((value) => value.toLowerCase()),
    ]),
  )
}

/** Cookies by which somebody who signed in during this run is recognised. */
async function sessionCookies(dataDir: string): Promise<readonly string[]> {
  const folder = join(dataDir, 'sessions')
  if (!existsSync(folder)) return []
  const states = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))
  return states
    .flatMap((text) => (JSON.parse(text) as StoredState).cookies)
    .filter(({ name }) => /session|user-context/.test(name))
    .map(({ value }) => value)
}

/**
 * A token, or the part of one that says what it is or whose: JSON in base64url, longer than the identity provider's own
 * ids, which are random and may begin like that.
 */
const TOKEN = /(?<![\w-])eyJ[\w-]{20,}/

/** Which log holds what kind of secret. Never the value itself: this is printed. */
export async function leaks(site: LocalSite, dataDir: string): Promise<readonly string[]> {
  const kinds = Object.entries(await secrets(site, dataDir))
  return [...(await logsOf(site))].flatMap(([file, text]) => {
    const lower = text.toLowerCase()
    const tokens = TOKEN.test(text) ? [`${file} holds a token`] : []
    const others = kinds.flatMap(([kind, values]) => {
      const hits = values.filter((value) => lower.includes(value))
      return hits.length === 0 ? [] : [`${file} holds ${kind} (${hits.length} different ones)`]
    })
    return [...tokens, ...others]
  })
}

/** @throws Error when the logs of the run hold what they must not. */
export async function assertCleanLogs(site: LocalSite, dataDir: string): Promise<void> {
  const found = await leaks(site, dataDir)
  if (found.length > 0) throw new Error(`S9: ${found.join('; ')}`)
}
