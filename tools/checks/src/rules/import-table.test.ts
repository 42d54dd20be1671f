import { expect, test } from 'vitest'
import { stringTree } from '../source/source-tree.ts'
import { importTable } from './import-table.ts'

const manifests = {
  'packages/topology/package.json': '{"name":"@sax/topology","exports":{".":"./src/index.ts"}}',
  'packages/user-context/package.json':
    '{"name":"@sax/user-context","exports":{".":"./src/index.ts","./mint":"./src/mint.ts","./verify":"./src/verify.ts"}}',
  'packages/ui/package.json': '{"name":"@sax/ui","exports":{"./*":"./src/*.tsx"}}',
  'packages/probes/package.json': '{"name":"@sax/probes"}',
  'apps/outreach/package.json': '{"name":"@sax/outreach"}',
  'apps/sleepconnect/package.json': '{"name":"@sax/sleepconnect"}',
  'apps/outreach-api/package.json': '{"name":"@sax/outreach-api"}',
  'tools/local/package.json': '{"name":"@sax/local","exports":{"./settings":"./src/settings.ts"}}',
  'e2e/package.json': '{"name":"@sax/e2e"}',
}

const judge = (file: string, source: string) => importTable.run(stringTree({ ...manifests, [file]: source }))

test.each<[file: string, source: string, why: string]>([
  [
    'tools/local/src/a.ts',
    "import { x } from '@sax/outreach'",
    'imports @sax/outreach: nothing imports an application',
  ],
  [
    'e2e/a.spec.ts',
    "import { x } from '../apps/outreach/src/x.ts'",
    'imports ../apps/outreach/src/x.ts: nothing imports an application',
  ],
  [
    'packages/topology/src/a.ts',
    "export { x } from '@sax/local/settings'",
    'imports @sax/local/settings: a package knows nothing of what is built on it',
  ],
  [
    'apps/outreach/src/a.ts',
    "const x = await import('@sax/local/settings')",
    'imports @sax/local/settings: an application runs without the tools around it',
  ],
  [
    'packages/topology/src/a.ts',
    "import type { UserContext } from '@sax/user-context'",
    'imports @sax/user-context: packages do not import one another',
  ],
  [
    'packages/probes/src/a.ts',
    "import { x } from '@sax/user-context'",
    'imports @sax/user-context: probes may know the topology and no other package',
  ],
  [
    'apps/outreach-api/src/routes/a.ts',
    "import { Pool } from 'pg'",
    'imports pg: the backend owns the database, and within it the store',
  ],
  [
    'apps/outreach/src/a.ts',
    "import { sql } from 'drizzle-orm/pg-core'",
    'imports drizzle-orm/pg-core: the backend owns the database, and within it the store',
  ],
  [
    'packages/topology/src/a.ts',
    "import { readFile } from 'fs/promises'",
    'imports fs/promises: packages hold data, types and pure functions',
  ],
  [
    'packages/topology/src/a.ts',
    "import { connect } from 'node:net'",
    'imports node:net: packages hold data, types and pure functions',
  ],
  [
    'packages/ui/src/a.tsx',
    "import Link from 'next/link'",
    'imports next/link: the shared interface knows no framework router',
  ],
])('%s may not say %s', async (file, source, why) => {
  const findings = await judge(file, `\n${source}\n`)
  expect(findings.map((finding) => [finding.line, finding.why])).toEqual([[2, why]])
})

test.each([
  ['apps/outreach/src/a.ts', "import { mint } from '@sax/user-context/mint'"],
  ['apps/outreach-api/src/a.ts', "import { mint } from '../../../packages/user-context/src/mint.ts'"],
])('S4: %s cannot mint tokens, however it spells the import', async (file, source) => {
  expect((await judge(file, source)).map(({ why }) => why.split(': ')[1])).toEqual([
    'only the host mints user contexts; everyone else verifies them',
  ])
})

test.each([
  ['apps/sleepconnect/src/a.ts', "import { mint } from '@sax/user-context/mint'"],
  ['tools/local/src/a.ts', "import { mint } from '@sax/user-context/mint'"],
  ['apps/outreach-api/src/a.test.ts', "import { mint } from '@sax/user-context/mint'"],
  ['apps/outreach/src/a.ts', "import { verify } from '@sax/user-context/verify'"],
  ['apps/outreach/src/a.ts', "import { Button } from '@sax/ui/button'"],
  ['apps/outreach/src/a.ts', "import { x } from './b.ts'"],
  ['apps/outreach-api/src/store/a.ts', "import { Pool } from 'pg'"],
  ['apps/outreach-api/src/migrate.ts', "import { Pool } from 'pg'"],
  ['packages/probes/src/a.ts', "import { zones } from '@sax/topology'"],
  ['e2e/a.spec.ts', "import { site } from '@sax/local/settings'"],
  ['packages/topology/src/a.test.ts', "import { readFileSync } from 'node:fs'"],
])('%s may say %s', async (file, source) => {
  expect(await judge(file, source)).toEqual([])
})
