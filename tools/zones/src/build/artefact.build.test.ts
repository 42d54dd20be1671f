import { createHash, hkdfSync } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endpoints } from '@sax/api-contract'
import { repositoryRoot } from '@sax/local/settings'
import type { Manifest } from '@sax/release'
import { functionRoles, host, outreach } from '@sax/topology'
import { createVerifier } from '@sax/user-context/verify'
import { unzipSync } from 'fflate'
import { EncryptJWT } from 'jose'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { stageEnvironment } from '../../test/artefact/stage-environment.ts'
import { httpEvent, startFunction, type UnpackedFunction, unpack } from '../../test/artefact/unpacked-function.ts'
import { declaredRoutes } from '../declared-routes.ts'
import { neededVariables } from './needed-variables.ts'
import { openRelease } from './open-release.ts'
import { refuseForbidden } from './refuse-forbidden.ts'

const release = inject('release')
const scratch = mkdtempSync(join(tmpdir(), 'sax-artefact-'))
let manifest: Manifest
beforeAll(async () => {
  manifest = await openRelease(release)
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const zipOf = (role: string) => join(release, `functions/${role}.zip`)

function unpacked(role: string, name: string): string {
  const folder = join(scratch, name)
  unpack(zipOf(role), folder)
  return folder
}

const MISSING = /MODULE_NOT_FOUND|Cannot find (module|package)|ENOENT/

test('B2: the build wants nothing from the network', () => {
  expect(inject('connections')).toBe('')
})

test.each<[zone: string, role: 'sleep-connect-server' | 'outreach-server' | 'outreach-api-routes']>([
  [host.name, 'sleep-connect-server'],
  [outreach.name, 'outreach-server'],
  [outreach.name, 'outreach-api-routes'],
])(
  'B1: from its package alone, in an empty folder and offline, every route of %s is answered by %s',
  async (zone, role) => {
    const noted = join(scratch, `${role}.connections`)
    const called = startFunction(unpacked(role, role), stageEnvironment[role] ?? {}, noted)
    const isApi = role === 'outreach-api-routes'
    const routes = declaredRoutes(repositoryRoot).filter(
      (one) => one.zone === zone && (zone === host.name || (one.kind === 'api') === isApi),
    )
    expect(routes.length).toBeGreaterThan(3)
    const statuses: Record<string, number | undefined> = {}
    for (const { method, path, auth } of routes) {
      const answer = await called.ask(httpEvent(method, path, method === 'GET' ? {} : { body: Buffer.from('{}') }))
      expect(answer.failed).toBeUndefined()
      if (auth === 'user') statuses[`${method} ${path}`] = answer.statusCode
    }
    await called.close()
    // Nobody is signed in: pages send to sign-in, calls are refused.
    expect(Object.entries(statuses).filter(([, status]) => status !== 302 && status !== 401 && status !== 403)).toEqual(
      [],
    )
    expect(called.log()).not.toMatch(MISSING)
  },
)

test('B1: from its package alone and offline the backend answers every route of the contract, to nobody', async () => {
  const noted = join(scratch, 'outreach-api.connections')
  const called = startFunction(unpacked('outreach-api', 'outreach-api'), stageEnvironment['outreach-api'] ?? {}, noted)
  const answers: Record<string, string> = {}
  for (const { method, path } of Object.values(endpoints)) {
    const at = outreach.basePath + path.replace('{id}', '00000000-0000-4000-8000-00000000ffff')
    const answer = await called.ask(httpEvent(method, at, method === 'GET' ? {} : { body: Buffer.from('{}') }))
    const { statusCode, body = '' } = answer.result as { readonly statusCode: number; readonly body?: string }
    answers[`${method} ${path}`] = `${statusCode} ${JSON.parse(body).message}`
  }
  await called.close()
  expect(Object.keys(answers).length).toBeGreaterThan(20)
  // Whoever comes around the zone brings no tenant, and that is told before anything is asked of anybody.
  const others = Object.entries(answers).filter(([, told]) => told !== '400 Invalid or missing tenant_id')
  expect(others).toEqual([['GET /health', '200 undefined']])
  expect(called.log()).not.toMatch(MISSING)
})

test.each<[role: 'outreach-worker' | 'outreach-migrations', event: object]>([
  ['outreach-worker', { sax: 'worker-status' }],
  ['outreach-migrations', { sax: 'migrations-status' }],
])('B1: from its package alone and offline %s lacks nothing but the network', async (role, event) => {
  const noted = join(scratch, `${role}.connections`)
  const called = startFunction(unpacked(role, role), stageEnvironment[role] ?? {}, noted)
  const { result, failed } = await called.ask(event)
  await called.close()
  if (role === 'outreach-worker') {
    expect(result).toEqual({ release: manifest.release, database: 'does not answer', carrier: 'no credentials' })
  } else expect(failed).toMatch(/^StoredSecretError: /)
  expect(readFileSync(noted, 'utf8')).toContain('secretsmanager.us-east-1.amazonaws.com')
  expect(`${called.log()} ${failed}`).not.toMatch(MISSING)
})

test.each<[role: 'sleep-connect-server' | 'outreach-server', path: string]>([
  ['sleep-connect-server', '/api/health'],
  ['outreach-server', '/outreach/health'],
])('%s says the release of its package, not of its environment', async (role, path) => {
  const called = startFunction(unpacked(role, `${role}-says`), { ...stageEnvironment[role], RELEASE: 'another' })
  const { body = '' } = await called.ask(httpEvent('GET', path))
  await called.close()
  expect(JSON.parse(Buffer.from(body, 'base64').toString()).data.release).toBe(manifest.release)
})

test.each(functionRoles)(
  'D6: the package of %s holds no value of any stage, and one that is planted is found',
  (role) => {
    const contents = new Map(Object.entries(unzipSync(readFileSync(zipOf(role)))))
    refuseForbidden([{ role, contents }], [repositoryRoot])
    const entry = Buffer.from(contents.get('index.mjs') ?? new Uint8Array()).toString()
    const planted = Buffer.from(`${entry}\nconst home = 'https://outreach.dreamconnect.health'\n`)
    expect(() => refuseForbidden([{ role, contents: new Map([...contents, ['index.mjs', planted]]) }], [])).toThrow(
      `${role}: index.mjs: a stage's own name or address (outreach.dreamconnect.health)`,
    )
  },
)

test.each(functionRoles.flatMap((role) => neededVariables[role].map((name) => [role, name] as const)))(
  'D3: %s does not start without %s, and says that it is the environment',
  async (role, name) => {
    const { [name]: _left, ...without } = stageEnvironment[role] ?? {}
    const called = startFunction(unpacked(role, `${role}-starting`), without)
    const said = await called.ask({ sax: 'nothing-known' }).then(({ failed }) => failed, String)
    await called.close()
    expect(said).toMatch(/^Error: the function ended: /)
    expect(`${said} ${called.log()}`).toMatch(/environment/)
  },
)

test.each(functionRoles)('%s starts with these variables alone, and what Lambda itself gives', async (role) => {
  const given = Object.entries(stageEnvironment[role] ?? {}).filter(
    ([name]) => neededVariables[role].includes(name) || /^(AWS|LAMBDA)_/.test(name),
  )
  const called = startFunction(unpacked(role, `${role}-starting`), Object.fromEntries(given))
  // Whatever it says of an event that it does not know: a function that did not start has ended.
  await called.ask({ sax: 'nothing-known' })
  await called.close()
  expect(called.log()).not.toContain('environment')
})

test.each<[role: 'sleep-connect-server' | 'outreach-server', path: string, status: number]>([
  ['sleep-connect-server', '/signed-out', 200],
  // What the function asks itself when it starts: with what draws every page, and for nobody.
  ['outreach-server', '/outreach/at-the-start', 404],
])('a page of %s is drawn from the package alone, and says which release made it', async (role, path, status) => {
  const called = startFunction(unpacked(role, 'page'), stageEnvironment[role] ?? {})
  const { statusCode, body = '', headers = {} } = await called.ask(httpEvent('GET', path))
  await called.close()
  expect(statusCode).toBe(status)
  expect(Buffer.from(body, 'base64').toString()).toContain(`data-release="${manifest.release}"`)
  expect(headers).not.toHaveProperty('content-length')
})

const SIGNING = 'the secret that signs, as long as it has to be'

const SESSION = 'the secret that encrypts sessions, long enough'

async function withSecrets<Result>(
  work: (called: UnpackedFunction, asked: string[]) => Promise<Result>,
  name: string,
  settings: Readonly<Record<string, string>> = {},
) {
  const asked: string[] = []
  const values: Readonly<Record<string, unknown>> = {
    'user-context': { current: SIGNING },
    auth0: { clientSecret: 'the secret that Auth0 knows, long enough' },
    session: { current: SESSION },
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { SecretId: id } = JSON.parse(Buffer.concat(chunks).toString())
    asked.push(id)
    response.setHeader('content-type', 'application/x-amz-json-1.1')
    response.end(JSON.stringify({ Name: id, SecretString: JSON.stringify(values[id]) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const called = startFunction(unpacked('sleep-connect-server', name), {
    ...stageEnvironment['sleep-connect-server'],
    ...settings,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  })
  try {
    return await work(called, asked)
  } finally {
    await called.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

test('the host mints a token of verification for whoever may invoke it, with the secret that is stored', async () => {
  await withSecrets(async (called, asked) => {
    const { result } = await called.ask({ sax: 'verification-token', of: 'second' })
    const { token } = result as { token: string }
    const verify = createVerifier({ secrets: { current: SIGNING }, nowSec: () => Date.now() / 1000 })
    expect(await verify([token])).toMatchObject({ kind: 'ok', verified: { context: { saxId: 2_000_000_002 } } })
    await called.ask({ sax: 'verification-token', of: 'first' })
    // What signs people in is read while the function starts, and not for this.
    expect(asked.filter((secret) => secret === 'user-context')).toHaveLength(1)
  }, 'token')
})

test('a request that holds such a record in its body is a request, and gets no token', async () => {
  await withSecrets(async (called) => {
    const body = Buffer.from(JSON.stringify({ sax: 'verification-token', of: 'first' }))
    const answer = await called.ask(
      httpEvent('POST', '/?sax=verification-token', { body, headers: { sax: 'verification-token' } }),
    )
    expect([answer.statusCode, answer.result]).toEqual([302, undefined])
    expect((await called.ask({ sax: 'nothing-known' })).failed).toMatch(/^ZodError|^.*invalid/i)
  }, 'no-token')
})

/**
 * A session as the sign-in SDK keeps it. Made by hand: its own function for tests brings Next's types into all tools.
 * @source @auth0/nextjs-auth0 4.30.0, server/cookies: JWE, `dir` with A256GCM, key by HKDF
 */
function sessionCookie(session: Readonly<Record<string, unknown>>): Promise<string> {
  const key = new Uint8Array(hkdfSync('sha256', SESSION, '', 'JWE CEK', 32))
  return new EncryptJWT(session)
    .setProtectedHeader({ enc: 'A256GCM', alg: 'dir' })
    .setExpirationTime(Math.floor(Date.now() / 1000) + 3600)
    .encrypt(key)
}

test('a request of somebody signed in is carried whole, and their session is renewed on the way back', async () => {
  const arrived: {
    method?: string | undefined
    url?: string | undefined
    headers: IncomingHttpHeaders
    body: string
  }[] = []
  const zone = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers } = request
    arrived.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(201, {
      'set-cookie': ['zone=1', 'other=2'],
      'content-type': 'text/plain',
      'x-middleware-rewrite': 'x',
    })
    response.end('made')
  })
  await new Promise<void>((resolve) => zone.listen(0, '127.0.0.1', resolve))
  const person = { sub: 'auth0|1', sax_id: 1386, name: 'Dana', email: 'dana@example.test', roles: ['coordinator'] }
  const place = {
    tenant_id: '00000000-0000-0000-0000-000000000001',
    practice_id: '00000000-0000-0000-0000-000000000020',
  }
  const createdAt = Math.floor(Date.now() / 1000) - 600
  const session = {
    user: { ...person, ...place },
    tokenSet: { accessToken: '', expiresAt: 0 },
    internal: { sid: 's', createdAt },
  }
  const cookie = `__session=${await sessionCookie(session)}; theme=dark`
  const body = Buffer.from('{"name":"Jos\u00e9"}')
  const forged = { 'x-sax-user-context': 'forged', 'set-cookie': 'forged=1', 'x-amz-content-sha256': 'of the browser' }
  try {
    const answer = await withSecrets(
      (called) =>
        called.ask(
          httpEvent('POST', '/outreach/api/outreach/templates?a=%20b', { body, headers: { cookie, ...forged } }),
        ),
      'carried',
      { OUTREACH_APP_URL: `http://127.0.0.1:${(zone.address() as AddressInfo).port}` },
    )
    const [request] = arrived
    expect([request?.method, request?.url, request?.body]).toEqual([
      'POST',
      '/outreach/api/outreach/templates?a=%20b',
      body.toString(),
    ])
    const verify = createVerifier({ secrets: { current: SIGNING }, nowSec: () => Date.now() / 1000 })
    const token = String(request?.headers['x-sax-user-context'])
    expect(await verify([token])).toMatchObject({ kind: 'ok', verified: { context: { saxId: 1386 } } })
    expect(request?.headers).toMatchObject({
      cookie: 'theme=dark',
      'content-length': String(body.length),
      'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
    })
    expect(request?.headers).not.toHaveProperty('set-cookie')
    expect([answer.statusCode, Buffer.from(answer.body ?? '', 'base64').toString()]).toEqual([201, 'made'])
    expect(answer.headers).not.toHaveProperty('x-middleware-rewrite')
    const names = (answer.cookies ?? []).map((one) => one.split('=')[0])
    expect(names).toEqual(expect.arrayContaining(['zone', 'other', '__session']))
    expect(names).not.toContain('forged')
  } finally {
    zone.closeAllConnections()
    await new Promise((resolve) => zone.close(resolve))
  }
})

test('what is left out is left out with a reason, and all else went somewhere', () => {
  expect(manifest.outputs.filter(({ went, because }) => went === 'left out' && (because ?? '') === '')).toEqual([])
  expect(manifest.functions.map(({ role }) => role).toSorted()).toEqual(functionRoles.toSorted())
})

test('B5: source maps are kept, and neither shipped nor published', () => {
  expect(manifest.privateFiles.length).toBeGreaterThan(50)
  const shipped = manifest.functions.flatMap(({ role }) => Object.keys(unzipSync(readFileSync(zipOf(role)))))
  expect([...shipped, ...manifest.assets.map(({ key }) => key)].filter((path) => path.endsWith('.map'))).toEqual([])
})

test('hashed files of both zones lie where their pages look for them', () => {
  const keys = manifest.assets.map(({ zone, key }) => [zone, key.split('/').slice(0, -1).join('/')].join(' '))
  expect(new Set(keys)).toEqual(
    new Set([
      'sleepconnect _next/static/chunks',
      'sleepconnect _next/static/media',
      `sleepconnect _next/static/${manifest.release}`,
      'outreach outreach-static/_next/static/chunks',
      'outreach outreach-static/_next/static/media',
      `outreach outreach-static/_next/static/${manifest.release}`,
    ]),
  )
})

test.each(['functions/outreach-api.zip', 'sbom.cdx.json', 'licences.txt'])(
  'a release in which one byte of %s was changed is refused by that name',
  async (file) => {
    const copy = join(scratch, 'altered')
    rmSync(copy, { recursive: true, force: true })
    cpSync(release, copy, { recursive: true })
    const bytes = readFileSync(join(copy, file))
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    writeFileSync(join(copy, file), bytes)
    await expect(openRelease(copy)).rejects.toThrow(file)
  },
)

test('a release whose manifest was changed is refused', async () => {
  const copy = join(scratch, 'manifest')
  cpSync(release, copy, { recursive: true })
  writeFileSync(
    join(copy, 'manifest.json'),
    readFileSync(join(copy, 'manifest.json'), 'utf8').replace('immutable', 'immutablE'),
  )
  await expect(openRelease(copy)).rejects.toThrow('manifest.json is not the file that was built')
  expect(existsSync(copy)).toBe(true)
})

test('the bill of materials is CycloneDX 1.6 and names what is inside with its licence', () => {
  const bom = JSON.parse(readFileSync(join(release, 'sbom.cdx.json'), 'utf8'))
  expect([bom.bomFormat, bom.specVersion, bom.metadata.timestamp]).toEqual(['CycloneDX', '1.6', undefined])
  const next = bom.components.find(({ name }: { name: string }) => name === 'next')
  expect(next).toMatchObject({
    type: 'library',
    purl: `pkg:npm/next@${next.version}`,
    licenses: [{ license: { id: 'MIT' } }],
  })
  expect(bom.components.map(({ name }: { name: string }) => name)).not.toContain('vitest')
  expect(readFileSync(join(release, 'licences.txt'), 'utf8')).toContain(`next ${next.version}: MIT`)
})
