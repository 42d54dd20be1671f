import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from '@sax/logging'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { samplePeople } from './directory.ts'
import { createProvider } from './provider.ts'
import { createIdentityServer } from './server.ts'
import { keptSigningKeys } from './signing-keys.ts'

const nothing = () => undefined
const log: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing }
const appBaseUrl = 'http://localhost:8080'
const redirectUri = `${appBaseUrl}/auth/callback`
const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')

let dataDir = ''
let server: Server | undefined
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sax-idp-'))
})
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** A browser that keeps cookies and shows each answer instead of following it. */
class Browser {
  readonly #cookies = new Map<string, string>()
  readonly #base: string
  constructor(base: string) {
    this.#base = base
  }
  async open(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(new URL(url, this.#base), {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie },
    })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return response
  }
}

async function start(claimsNamespace = ''): Promise<string> {
  const keys = await keptSigningKeys(dataDir)
  // The issuer holds the port, which is known only when a server has it.
  const probe = createIdentityServer({ provider: await provider(0), siteUrl: appBaseUrl, people: samplePeople, log })
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  const handle = createIdentityServer({
    provider: await provider(port),
    siteUrl: appBaseUrl,
    people: samplePeople,
    log,
  })
  await new Promise<void>((resolve) => handle.listen(port, '127.0.0.1', resolve))
  server = handle
  return `http://localhost:${port}`

  async function provider(port: number) {
    return createProvider({
      issuer: `http://localhost:${port}/`,
      keys,
      clientId: 'sleepconnect-local',
      clientSecret: 's'.repeat(43),
      appBaseUrl,
      callbackPath: '/auth/callback',
      afterSignOutPaths: ['/'],
      claimsNamespace,
      people: samplePeople,
      nowMs: () => Date.now(),
    })
  }
}

const authorize = (extra: Record<string, string> = {}) =>
  `/auth?${new URLSearchParams({
    client_id: 'sleepconnect-local',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile email',
    state: 'a-state-of-the-client',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...extra,
  })}`

async function idTokenFrom(base: string, location: string | null) {
  const code = new URL(location ?? '').searchParams.get('code') ?? ''
  const response = await fetch(`${base}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'sleepconnect-local',
      client_secret: 's'.repeat(43),
      redirect_uri: redirectUri,
      code_verifier: verifier,
      code,
    }),
  })
  return decodeJwt(((await response.json()) as { id_token: string }).id_token)
}

async function follow(browser: Browser, response: Response): Promise<string | null> {
  const location = response.headers.get('location')
  if (location?.startsWith(redirectUri)) return location
  // Between two people's sessions the provider sends the first one away with a form that submits itself.
  if (location === null) return follow(browser, await submit(browser, await response.text()))
  return follow(browser, await browser.open(location))
}

function submit(browser: Browser, html: string): Promise<Response> {
  const action = /action="([^"]+)"/.exec(html)?.[1] ?? ''
  const inputs = [...html.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
  return browser.open(action, { method: 'POST', body: new URLSearchParams(inputs) })
}

test('a person is chosen with one click, and the ID token says who it is', async () => {
  const base = await start()
  const browser = new Browser(base)
  const picker = (await browser.open(authorize())).headers.get('location') ?? ''
  const page = await (await browser.open(picker)).text()
  expect(page).toContain('<h2 id="t-00000000-0000-0000-0000-000000000001">Northshore Sleep Partners</h2>')
  expect(page).toContain('Dana Whitfield')
  expect(page).toContain('Siobhán O&#39;Connor')
  const chosen = await browser.open(picker, { method: 'POST', body: new URLSearchParams({ sub: 'sample|1386' }) })
  const token = await idTokenFrom(base, await follow(browser, chosen))
  expect(token).toMatchObject({
    iss: `${base}/`,
    sub: 'sample|1386',
    name: 'Dana Whitfield',
    email: 'dana.whitfield@northshore.example.test',
    sax_id: 1386,
    tenant_id: '00000000-0000-0000-0000-000000000001',
    practice_id: '00000000-0000-0000-0000-000000000020',
    practice_name: 'Harbor Sleep Center',
    roles: ['coordinator'],
  })
})

test('a login hint signs in without a question, also over somebody else’s session', async () => {
  const base = await start()
  const browser = new Browser(base)
  const first = await browser.open(authorize({ login_hint: 'marcus.bell@northshore.example.test' }))
  expect(await idTokenFrom(base, await follow(browser, first))).toMatchObject({ sax_id: 1388 })
  const again = await browser.open(authorize())
  expect(await idTokenFrom(base, await follow(browser, again))).toMatchObject({ sax_id: 1388 })
  const other = await browser.open(authorize({ login_hint: 'luis.ortega@pacificrest.example.test' }))
  expect(await idTokenFrom(base, await follow(browser, other))).toMatchObject({ sax_id: 2401 })
})

test('our claims can be put under a namespace, OpenID’s own stay plain', async () => {
  const base = await start('https://sleepconnect/')
  const browser = new Browser(base)
  const response = await browser.open(authorize({ login_hint: 'dana.whitfield@northshore.example.test' }))
  const token = await idTokenFrom(base, await follow(browser, response))
  expect(token).toMatchObject({ 'https://sleepconnect/sax_id': 1386, email: 'dana.whitfield@northshore.example.test' })
  expect(token.sax_id).toBeUndefined()
})

test.each<[what: string, extra: Record<string, string>]>([
  ['a foreign return address', { redirect_uri: 'http://evil.example/auth/callback' }],
  ['an unknown client', { client_id: 'somebody' }],
])('%s is refused with a page that leads back', async (_what, extra) => {
  const response = await fetch(`${await start()}${authorize(extra)}`, { redirect: 'manual' })
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('href="http://localhost:8080"')
})

test('a request without a code challenge is sent back refused', async () => {
  const browser = new Browser(await start())
  const url = authorize().replace(/&code_challenge[^&]*/g, '')
  expect((await browser.open(url)).headers.get('location')).toContain('error=invalid_request')
})

test('an unknown person is not signed in', async () => {
  const browser = new Browser(await start())
  const picker = (await browser.open(authorize())).headers.get('location') ?? ''
  const response = await browser.open(picker, { method: 'POST', body: new URLSearchParams({ sub: 'sample|1' }) })
  expect([response.status, response.headers.get('location')]).toEqual([200, null])
})

test('a choice that belongs to no sign-in is refused', async () => {
  const response = await fetch(`${await start()}/pick/abcdef`)
  expect(response.status).toBe(400)
})

test('signing out asks nothing further and returns to the site only', async () => {
  const base = await start()
  const browser = new Browser(base)
  const first = await browser.open(authorize({ login_hint: 'dana.whitfield@northshore.example.test' }))
  await follow(browser, first)
  const end = (to: string) =>
    browser.open(
      `/session/end?${new URLSearchParams({ client_id: 'sleepconnect-local', post_logout_redirect_uri: to })}`,
    )
  expect((await end('http://evil.example/')).status).toBe(400)
  const form = await (await end(`${appBaseUrl}/`)).text()
  expect(form).toContain('document.forms[0].submit()')
  const done = await submit(browser, form)
  expect(done.headers.get('location')).toContain(`${appBaseUrl}/`)
  expect((await browser.open(authorize())).headers.get('location')).toContain('/pick/')
})

test('the keys are kept from one start to the next, readable by their owner only', async () => {
  const first = await keptSigningKeys(dataDir)
  expect(await keptSigningKeys(dataDir)).toEqual(first)
  expect(statSync(join(dataDir, 'identity-provider.json')).mode & 0o777).toBe(0o600)
})
