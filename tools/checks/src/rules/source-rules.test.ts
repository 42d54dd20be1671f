import { describe, expect, test } from 'vitest'
import type { Check } from '../check.ts'
import { stringTree } from '../source/source-tree.ts'
import { environment } from './environment.ts'
import { names } from './names.ts'
import { runTimeSettings } from './run-time-settings.ts'
import { signInBypass } from './sign-in-bypass.ts'
import { silenced } from './silenced.ts'
import { thirdPartyOrigins } from './third-party-origins.ts'
import { webFonts } from './web-fonts.ts'
import { zonePaths } from './zone-paths.ts'

/** A value inserted into a template, as it stands in the source. */
const inserted = `\${${'base'}}`

const whys = async (check: Check, file: string, source: string) =>
  (await check.run(stringTree({ [file]: source }))).map(({ line, why }) => `${line} ${why}`)

describe('environment', () => {
  test.each([
    'const a = process.env.A',
    "const a = process['env'].A",
    'const { env } = process',
    "import { env } from 'node:process'",
    'const a = import.meta.env.A',
  ])('%s is found outside an env.ts', async (source) => {
    expect(await whys(environment, 'apps/outreach/src/a.ts', source)).toEqual([
      '1 reads the environment outside an env.ts',
    ])
  })

  test.each(['apps/outreach/src/server/env.ts', 'e2e/playwright.config.ts', 'tools/local/bootstrap.mjs'])(
    '%s may read it',
    async (file) => {
      expect(await whys(environment, file, 'const a = process.env.A')).toEqual([])
    },
  )

  test('a comment about process.env reads nothing', async () => {
    expect(await whys(environment, 'apps/a.ts', '// never process.env here\nprocess.exit(1)')).toEqual([])
  })
})

describe('names', () => {
  test.each([
    ['apps/outreach/src/utils.ts', '0 "utils" says nothing'],
    ['apps/outreach/src/lib/dates.ts', '0 "lib" says nothing'],
    ['apps/outreach/src/string-helpers.ts', '0 "helpers" says nothing'],
    ['docs/misc.md', '0 "misc" says nothing'],
  ])('%s is refused', async (file, why) => {
    expect(await whys(names, file, '')).toEqual([why])
  })

  test.each(['TemplateService', 'SessionManager', 'helpers', 'DateUtils'])('an export %s is refused', async (name) => {
    expect(await whys(names, 'apps/a.ts', `export class ${name} {}`)).toEqual([
      `1 exports "${name}", a name that says nothing`,
    ])
  })

  test.each(['apps/outreach/src/shared-templates.ts', 'packages/a/manager-roles.ts', 'apps/library/filters.ts'])(
    '%s names something of the domain',
    async (file) => {
      expect(await whys(names, file, 'export const isManager = true')).toEqual([])
    },
  )
})

describe('sign-in bypass', () => {
  test.each([
    ['const disableAuth = true', 'disableAuth'],
    ["settings['DISABLE_AUTH']", 'DISABLE_AUTH'],
    ['if (SKIP_LOGIN) next()', 'SKIP_LOGIN'],
    ['const mockUser = { name: "x" }', 'mockUser'],
    ['const a = fakeSession()', 'fakeSession'],
  ])('S3: %s cannot ship', async (source, found) => {
    expect(await whys(signInBypass, 'apps/outreach/src/a.ts', source)).toEqual([`1 "${found}" in code that ships`])
  })

  test.each([
    ['apps/outreach/src/a.test.ts', 'const mockUser = 1'],
    ['apps/outreach/src/a.ts', 'const skipAuthority = 1'],
    ['tools/local/src/a.ts', 'const mockUser = 1'],
  ])('%s may say %s', async (file, source) => {
    expect(await whys(signInBypass, file, source)).toEqual([])
  })
})

describe('zone paths', () => {
  test.each([
    ["fetch('/outreach/api/outreach/templates')", '/outreach'],
    [`const href = \`${inserted}/outreach/templates\``, '/outreach'],
    ['const a = <a href="/outreach">x</a>', '/outreach'],
    ["redirect('/login?returnTo=x')", '/login'],
    ["fetch('http://localhost:8080/outreach-static/x')", '/outreach-static'],
    ["fetch('/api/user-context')", '/api'],
  ])('R4: %s spells a path by hand', async (source, path) => {
    expect(await whys(zonePaths, 'apps/outreach/src/a.tsx', source)).toEqual([`1 spells the path ${path} by hand`])
  })

  test.each([
    ['apps/outreach/src/a.ts', "import x from '../outreach/x.ts'"],
    ['apps/outreach/src/a.ts', "const folder = 'apps/outreach/src'"],
    ['apps/outreach/src/a.ts', "const other = '/outreachers'"],
    ['apps/outreach/src/a.ts', '// goes to /outreach'],
    ['e2e/a.spec.ts', "goto('/outreach')"],
    ['packages/topology/src/a.ts', "const basePath = '/outreach'"],
  ])('%s may say %s', async (file, source) => {
    expect(await whys(zonePaths, file, source)).toEqual([])
  })
})

describe('third-party origins', () => {
  test.each([
    ['apps/a.ts', "fetch('https://api.weather.com/x')", 'api.weather.com'],
    ['apps/a.tsx', 'const a = <img src="//cdn.acme.io/x.png" alt="" />', 'cdn.acme.io'],
    ['packages/ui/src/a.css', '@import url("https://fonts.googleapis.com/css");', 'fonts.googleapis.com'],
    ['apps/a.ts', `const socket = \`wss://live.acme.io/${inserted}\``, 'live.acme.io'],
  ])('B7: %s cannot name a foreign origin: %s', async (file, source, host) => {
    expect(await whys(thirdPartyOrigins, file, source)).toEqual([`1 names the foreign origin ${host}`])
  })

  test.each([
    ['apps/a.ts', "fetch('http://127.0.0.1:3000/x')"],
    ['apps/a.ts', `fetch(\`https://${inserted}/x\`)`],
    ['apps/a.ts', '// see https://nextjs.org/docs'],
    ['apps/a.tsx', 'const a = <svg xmlns="http://www.w3.org/2000/svg" />'],
    ['apps/a.test.ts', "fetch('https://evil.io')"],
    ['packages/topology/src/stages.ts', "const api = 'https://api.dreamconnect.health/prod'"],
  ])('%s may say %s', async (file, source) => {
    expect(await whys(thirdPartyOrigins, file, source)).toEqual([])
  })
})

describe('run-time settings', () => {
  test.each([
    ['apps/sleepconnect/src/server/env.ts', 'const schema = { OUTREACH_API_URL: z.url() }'],
    ['apps/sleepconnect/src/a.ts', "const base = stages[stage]['apiBaseUrl']"],
    ['apps/sleepconnect/next.config.ts', 'export default { async rewrites() { return [] } }'],
  ])('R2: %s cannot say %s', async (file, source) => {
    expect(await whys(runTimeSettings, file, source)).toHaveLength(1)
  })

  test('D6: a setting that is fixed while building cannot differ between stages', async () => {
    expect(await whys(runTimeSettings, 'apps/outreach/src/a.ts', 'const a = env.NEXT_PUBLIC_API_URL')).toEqual([
      '1 "NEXT_PUBLIC_API_URL" is fixed while building, and one build has to serve every stage',
    ])
  })

  test('the zone may know where the backend is', async () => {
    const source = 'const schema = { API_BASE_URL: z.url() }'
    expect(await whys(runTimeSettings, 'apps/outreach-api-routes/src/env.ts', source)).toEqual([])
  })
})

test('B2: a font that a build would fetch from the internet is refused', async () => {
  expect(await whys(webFonts, 'apps/a.ts', "import { Inter } from 'next/font/google'")).toEqual([
    '1 a build would fetch this font from the internet',
  ])
  expect(await whys(webFonts, 'apps/a.ts', "import localFont from 'next/font/local'")).toEqual([])
})

describe('silenced checks', () => {
  const dot = '.'
  test.each([
    ['a.test.ts', `test${dot}skip('x', () => {})`, '1 a test that does not run, or keeps others from running'],
    ['a.test.ts', `describe${dot}only('x', () => {})`, '1 a test that does not run, or keeps others from running'],
    ['a.ts', '// @ts' + '-ignore', '1 switches type checks off'],
    ['a.ts', '// biome' + '-ignore lint/a/b', '1 silences a lint rule without a reason'],
    ['a.ts', '// TO' + 'DO later', '1 unfinished by its own words'],
    ['.ci/run', 'npm test ||' + ' true', '1 turns a failure into a success'],
  ])('%s cannot say %s', async (file, source, why) => {
    expect(await whys(silenced, file, source)).toEqual([why])
  })

  test('a lint rule may be silenced with a reason', async () => {
    expect(await whys(silenced, 'a.ts', '// biome' + '-ignore lint/a/b: the type is wrong upstream')).toEqual([])
  })
})
