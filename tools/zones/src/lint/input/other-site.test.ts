import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { behavior, origins, template } from '../../../test/lint-model.ts'
import { judge } from '../judge.ts'
import { readOtherSite } from './other-site.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const ZONES = '{"zones":[{"name":"blog","basePath":"/blog","api":"/blog/api/*"}]}'
const CARRIED =
  "rewrites: async () => [{ source: '/blog/:path*', destination: 'https://blog.example.com/blog/:path*' }]"

async function found(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const from = mkdtempSync(join(tmpdir(), 'lint-'))
  folders.push(from)
  for (const [name, text] of Object.entries({ 'zones.json': ZONES, ...files })) {
    mkdirSync(dirname(join(from, name)), { recursive: true })
    writeFileSync(join(from, name), text)
  }
  const host = Object.keys(files).some((name) => name.startsWith('host/')) ? 'host' : undefined
  const distributions = 'cdn.json' in files ? ['cdn.json'] : []
  const model = await readOtherSite({ from, config: 'zones.json', host, distributions })
  return judge(model).map(({ rule, where }) => `${rule} ${where}`)
}

describe('what a host’s folder says', () => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['nothing wrong', { 'host/next.config.mjs': `export default { ${CARRIED} }` }, []],
    [
      'a proxy in src, whose case the rewrites do not count',
      {
        'host/next.config.mjs': `export default { ${CARRIED} }`,
        'host/src/proxy.ts': "export function proxy() {}\nexport const config = { matcher: ['/blog', '/blog/:path*'] }",
      },
      ['case-mismatch host/next.config.mjs: rewrites() afterFiles[0] /blog/:path*'],
    ],
    [
      'rewrites that count case as the proxy does',
      {
        'host/next.config.mjs': `export default { experimental: { caseSensitiveRoutes: true }, ${CARRIED} }`,
        'host/src/proxy.ts': "export function proxy() {}\nexport const config = { matcher: ['/blog', '/blog/:path*'] }",
      },
      [],
    ],
    [
      'a secret written into the build',
      { 'host/next.config.mjs': `export default { env: { key: process.env.AUTH_SECRET }, ${CARRIED} }` },
      ['host-knows-backend host/next.config.mjs: env.key'],
    ],
    [
      'a gateway written into the build',
      {
        'host/next.config.mjs': `export default { env: { API: 'https://a.execute-api.eu-west-1.amazonaws.com/x' }, ${CARRIED} }`,
      },
      ['host-knows-backend host/next.config.mjs: env.API'],
    ],
    [
      'the zone’s backend in a file of variables, whose values are not looked at',
      {
        'host/next.config.mjs': `export default { ${CARRIED} }`,
        'host/.env.local': 'BLOG_API_URL=https://hidden.example.com\nBLOG_APP_URL=https://blog.example.com\n',
        'host/.env.example': 'BLOG_API_URL=\n',
      },
      ['host-knows-backend host/.env.local: BLOG_API_URL'],
    ],
    [
      'a token that only the build uses',
      { 'host/next.config.mjs': `const token = process.env.SENTRY_AUTH_TOKEN\nexport default { ${CARRIED} }` },
      [],
    ],
  ])('%s', async (_why, files, expected) => {
    expect(await found(files)).toEqual(expected)
  })
})

describe('D6: names of one stage in the configuration of another', () => {
  const cdn = (aliases: readonly string[], zone: string, resources = {}) => ({
    'cdn.json': template({
      aliases,
      origins: origins({ host: 'host.example.com', zone }),
      behaviors: [
        ...['/blog/api/*', '/blog/*', '/blog'].map((path) => behavior({ path, to: 'zone' })),
        behavior({ to: 'host' }),
      ],
      resources,
    }),
  })
  const worker = (API_BASE_URL: string) => ({
    Worker: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { API_BASE_URL } } } },
  })

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['its own names', cdn(['staging.mydreamconnect.com'], 'outreach-staging.mydreamconnect.com'), []],
    [
      'another stage’s origin',
      cdn(['staging.mydreamconnect.com'], 'outreach-dev.mydreamconnect.com'),
      ['foreign-stage-host cdn.json: Site'],
    ],
    [
      'aliases of two stages',
      cdn(['staging.mydreamconnect.com', 'dreamconnect.health'], 'zone.example.com'),
      ['foreign-stage-host cdn.json: Site'],
    ],
    [
      'another stage’s API, on the same gateway',
      cdn(
        ['staging.mydreamconnect.com'],
        'zone.example.com',
        worker('https://0qz7d63vw2.execute-api.us-east-1.amazonaws.com/dev'),
      ),
      ['foreign-stage-host cdn.json: Worker'],
    ],
    [
      'its own API, on the same gateway',
      cdn(
        ['staging.mydreamconnect.com'],
        'zone.example.com',
        worker('https://0qz7d63vw2.execute-api.us-east-1.amazonaws.com/staging'),
      ),
      [],
    ],
  ])('%s', async (_why, files, expected) => {
    expect(await found(files)).toEqual(expected)
  })
})
