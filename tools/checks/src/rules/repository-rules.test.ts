import { describe, expect, test } from 'vitest'
import { stringTree } from '../source/source-tree.ts'
import { advisoryFloor } from './advisory-floor.ts'
import { documentedCommands } from './documented-commands.ts'
import type { Floor } from './framework-floors.ts'
import { lockfile } from './lockfile.ts'
import { machineTraces } from './machine-traces.ts'

describe('advisory floor', () => {
  const floors: readonly Floor[] = [
    { dependency: 'next', atLeast: '16.4.1', advisory: 'GHSA-x', reviewedOn: '2026-11-23' },
  ]
  const locked = (version: string, path = 'node_modules/next') =>
    stringTree({ 'package-lock.json': JSON.stringify({ packages: { '': {}, [path]: { version } } }) })
  const today = '2026-11-23'

  test.each(['16.4.0', '16.3.9', '15.9.9', '16.4.1-canary.3'])('B3: next %s is refused', async (version) => {
    const findings = await advisoryFloor({ floors, today }).run(locked(version))
    expect(findings.map(({ why }) => why)).toEqual([`node_modules/next is ${version}; GHSA-x needs 16.4.1`])
  })

  test.each(['16.4.1', '16.4.10', '16.10.0', '17.0.0'])('next %s is good', async (version) => {
    expect(await advisoryFloor({ floors, today }).run(locked(version))).toEqual([])
  })

  test('B3: a second copy below some workspace is judged too', async () => {
    const findings = await advisoryFloor({ floors, today }).run(locked('16.0.0', 'apps/outreach/node_modules/next'))
    expect(findings).toHaveLength(1)
  })

  test('B3: a waiver counts until its day and not after it', async () => {
    const waivers = [{ dependency: 'next', reason: 'x', until: '2026-11-23' }]
    expect(await advisoryFloor({ floors, waivers, today: '2026-11-23' }).run(locked('16.4.0'))).toEqual([])
    const late = await advisoryFloor({ floors, waivers, today: '2026-11-24' }).run(locked('16.4.0'))
    expect(late.map(({ why }) => why)).toEqual([
      'node_modules/next is 16.4.0; GHSA-x needs 16.4.1, and the waiver ended on 2026-11-23',
    ])
  })
})

describe('lockfile', () => {
  test('a download address is found on its line', async () => {
    const tree = stringTree({ 'package-lock.json': '{\n"resolved": "https://mirror.example.test/a.tgz"\n}' })
    expect((await lockfile.run(tree)).map(({ line, why }) => [line, why])).toEqual([[2, 'carries a download address']])
  })

  test.each(['yarn.lock', 'apps/outreach/pnpm-lock.yaml', 'tools/zones/package-lock.json'])(
    'B4: %s is one lock file too many',
    async (file) => {
      const findings = await lockfile.run(stringTree({ 'package-lock.json': '{}', [file]: '' }))
      expect(findings.map((finding) => [finding.file, finding.why])).toEqual([[file, 'a second lock file']])
    },
  )

  test('a checkout without a lock file is refused', async () => {
    expect((await lockfile.run(stringTree({}))).map(({ why }) => why)).toEqual(['there is no lock file'])
  })
})

describe('machine traces', () => {
  const slash = '/'
  test.each([
    [`see ${slash}home/anna/project/x`, 'holds a path into a home folder'],
    [`see ${slash}srv/app/x`, 'holds an absolute path of one machine'],
    [`see ${slash}root/app/x`, 'holds an absolute path of one machine'],
    [`see ${slash}workspace/app/x`, 'holds an absolute path of one machine'],
    [`see ${slash}work/app/x`, 'holds an absolute path of one machine'],
    ['https://registry' + '.npmjs.org/next', 'holds the host name of a package registry'],
    [`${slash}repository/tools/x.ts`, 'holds the path of this very checkout'],
  ])('%s is found', async (text, why) => {
    const findings = await machineTraces.run(stringTree({ 'docs/a.md': `first\n${text}` }))
    expect(findings.map((finding) => [finding.line, finding.why])).toEqual([[2, why]])
  })

  test('addresses and relative paths are no traces', async () => {
    const text = `http://localhost:8080${slash}srv/app\n../srv/app\n~${slash}home/x/`
    expect(await machineTraces.run(stringTree({ 'a.md': text }))).toEqual([])
  })
})

describe('documents', () => {
  const files = {
    'package.json': '{"scripts":{"start":"x","check":"y"}}',
    'tools/zones/src/commands/token.ts': '',
    'tools/zones/src/commands/infra-plan.ts': '',
    'docs/architecture.md': '',
  }
  test.each([
    ['```bash\nnpm run deploy\n```', 'names the script "deploy", which package.json does not have'],
    ['run `npm run deploy`', 'names the script "deploy", which package.json does not have'],
    ['`npx zones rollback`', 'names the command "zones rollback", which does not exist'],
    ['`npx zones infra destroy develop`', 'names the command "zones infra", which does not exist'],
    ['[here](docs/nowhere.md)', 'links to docs/nowhere.md, which does not exist'],
    ['![picture](docs/images/a.png)', 'links to docs/images/a.png, which does not exist'],
  ])('README cannot say %s', async (text, why) => {
    const findings = await documentedCommands.run(stringTree({ ...files, 'README.md': text }))
    expect(findings.map((finding) => finding.why)).toEqual([why])
  })

  test.each([
    '`npm start`',
    '`npm run check`',
    '`npm ci`',
    'The npm package of it comes from npm packages.',
    '`npx zones token local`',
    '`npx zones infra plan develop`',
    '[a](docs/architecture.md#way)',
    '[b](https://nodejs.org)',
  ])('README may say %s', async (text) => {
    expect(await documentedCommands.run(stringTree({ ...files, 'README.md': text }))).toEqual([])
  })
})
