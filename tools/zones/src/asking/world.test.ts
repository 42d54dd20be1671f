import { existsSync } from 'node:fs'
import { Agent, createServer, get } from 'node:https'
import { connect, type TLSSocket } from 'node:tls'
import { usualChromium } from '@sax/local/chromium'
import { chromium } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { createAuthority, listening } from '../../test/tls/authority.ts'
import { browserFlags } from '../browser/browser-flags.ts'
import { createWorld } from './world.ts'

const NAME = 'dev.mydreamconnect.com'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A site under NAME on some port of loopback; says what it was called. */
async function site() {
  const authority = await createAuthority()
  const server = createServer(await authority.identity([NAME]), (request, response) => {
    const { servername } = request.socket as TLSSocket & { servername?: string }
    response.end(`<title>${request.headers.host} ${servername} ${request.url}</title>`)
  })
  const port = await listening(server)
  ends.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return { authority, connectTo: `127.0.0.1:${port}` }
}

function ask(agent: Agent, path: string): Promise<string> {
  ends.push(() => agent.destroy())
  return new Promise((resolve, reject) => {
    get({ agent, hostname: NAME, path, servername: NAME }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () => resolve(body))
    }).on('error', reject)
  })
}

test('a request to a public name goes to the rehearsal, with name, Host and SNI as they are', async () => {
  const { authority, connectTo } = await site()
  const world = createWorld({ connectTo, trustedPem: authority.pem })
  expect(await ask(new Agent(world.agentOptions), '/a/../b?c=%')).toBe(`<title>${NAME} ${NAME} /a/../b?c=%</title>`)
})

test('a certificate of another authority is refused there as everywhere', async () => {
  const { connectTo } = await site()
  const stranger = await createAuthority()
  const world = createWorld({ connectTo, trustedPem: stranger.pem })
  await expect(ask(new Agent(world.agentOptions), '/')).rejects.toMatchObject({
    code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO|SIGNATURE|CERT/),
  })
})

test('a TLS connection by hand finds the same way', async () => {
  const { authority, connectTo } = await site()
  const socket = connect(createWorld({ connectTo, trustedPem: authority.pem }).tlsOptions(NAME))
  ends.push(() => socket.destroy())
  await new Promise<void>((resolve, reject) => socket.on('secureConnect', resolve).on('error', reject))
  expect(socket.authorized).toBe(true)
})

test('outside a rehearsal nothing is bent: names lead where DNS says, and the usual authorities count', () => {
  const world = createWorld({ connectTo: undefined, trustedPem: undefined })
  expect(world).toMatchObject({ agentOptions: {}, chromiumArguments: [] })
  expect(world.tlsOptions(NAME)).toEqual({ host: NAME, port: 443, servername: NAME })
})

test('a file without a certificate trusts nobody by accident', () => {
  expect(() => createWorld({ connectTo: '127.0.0.1:1', trustedPem: 'nothing' })).toThrow('no certificate')
})

// A machine without a browser has nothing to be led; the rehearsal itself refuses to start there.
const browserPath = usualChromium() ?? chromium.executablePath()
test.runIf(existsSync(browserPath))(
  'a browser finds the same site under the same name',
  { timeout: 60_000 },
  async () => {
    const { authority, connectTo } = await site()
    const { chromiumArguments } = createWorld({ connectTo, trustedPem: authority.pem })
    const browser = await chromium.launch({
      executablePath: browserPath,
      args: [...browserFlags, ...chromiumArguments],
    })
    ends.push(() => browser.close())
    const page = await browser.newPage()
    await page.goto(`https://${NAME}/outreach`)
    expect(await page.title()).toBe(`${NAME} ${NAME} /outreach`)
  },
)
