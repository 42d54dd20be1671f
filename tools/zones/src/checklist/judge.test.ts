import { readFileSync } from 'node:fs'
import { type ProbeResult, stageProbes } from '@sax/probes'
import { expect, test } from 'vitest'
import { stageFacts } from '../../../../packages/probes/test/good-site.ts'
import { checklist } from '../commands/checklist.ts'
import { disagreeing, seen, unseen, well, wrong } from '../doctor/test/good-observations.ts'
import { exitCode } from '../outcome.ts'
import { checklistHtml } from './checklist-html.ts'
import { checklistMarkdown } from './checklist-text.ts'
import { type Sight, ticked } from './judge.ts'
import { lines } from './lines.ts'

const result = (id: string, change: Partial<ProbeResult> = {}): ProbeResult => ({
  ...{ id, group: 'api', title: id, incidents: [], outcome: 'kept', findings: [], durationMs: 1 },
  evidence: [{ question: 'GET host:/x', answer: '200, 405 bytes' }],
  ...change,
})

const ids = [
  ...['api.templates.executed.host', 'api.templates.executed.outreach', 'api.templates.hops.host'],
  ...['api.templates.hops.outreach', 'context.right', 'context.forged', 'release.expected', 'zones.outreach.owner'],
  ...['release.named', 'release.contracts-agree', 'standalone.token-holder', 'backend.bypass', 'isolation.html'],
  ...['assets.zone.host', 'timing.failures', 'timing.cold', 'timing.warm.host', 'nav.page:/patients'],
  ...['context.session-wins', 'headers.host-page', 'nav.templates-listed'],
]
const good: Sight = {
  stage: 'develop',
  outreachUrl: 'https://outreach-dev.mydreamconnect.com',
  results: ids.map((id) => result(id)),
  functions: well.functions,
  infrastructure: seen([{ group: 'Distributions', name: 'd', standing: 'right', findings: [], next: '' }]),
  secrets: well.secrets,
  hostEnvironment: seen({ OUTREACH_APP_URL: 'https://outreach-dev.mydreamconnect.com' }),
  lint: seen({ isClean: true, told: 'no finding' }),
}

const same = (text: unknown) => String(text)
const palette = { green: same, red: same, yellow: same, dim: same, bold: same }
const openOf = (sight: Sight) => lines.filter((line) => !ticked(line, sight).isTicked).map(({ id }) => id)
const without = (id: string, change: Partial<ProbeResult>): Sight => ({
  ...good,
  results: good.results.map((one) => (one.id === id ? { ...one, ...change } : one)),
})

test('every box of a stage that is right is ticked, and only then the exit code is 0', async () => {
  expect(openOf(good)).toEqual([])
  const exit = async (sight: Sight) =>
    exitCode(await checklist({ json: false }, { look: async () => sight, write: () => undefined, palette }))
  expect(await exit(good)).toBe(0)
  expect(await exit(without('timing.cold', { outcome: 'broken' }))).toBe(1)
})

test('every probe that a box names is one of those a stage is asked, or of the browser', () => {
  const asked = [...stageProbes(stageFacts).map(({ id }) => id), 'nav.page:/patients', 'nav.templates-listed']
  const named = lines.flatMap(({ checks }) => checks.flatMap((check) => (check.kind === 'probes' ? check.ids : [])))
  const missing = named.filter((id) => !asked.some((one) => (/[.:]$/.test(id) ? one.startsWith(id) : one === id)))
  expect(missing).toEqual([])
})

test('nothing is ticked by having seen nothing', () => {
  const blind: Sight = {
    ...{ stage: 'develop', outreachUrl: good.outreachUrl, results: [] },
    ...{ functions: unseen, infrastructure: unseen, secrets: unseen, hostEnvironment: unseen, lint: unseen },
  }
  expect(openOf(blind)).toEqual(lines.map(({ id }) => id))
})

test.each(ids)('without %s a box is open: broken, unseen or not asked', (id) => {
  const broken = openOf(without(id, { outcome: 'broken', findings: ['x'] }))
  expect(broken.length).toBeGreaterThan(0)
  expect(openOf(without(id, { outcome: 'unseen', findings: ['x'] }))).toEqual(broken)
})

test.each<[what: string, open: readonly string[], change: Partial<Sight>]>([
  [
    'the host knows another address of the zone',
    ['outreach-app-url'],
    { hostEnvironment: seen({ OUTREACH_APP_URL: 'http://localhost:3001' }) },
  ],
  ['the host knows none', ['outreach-app-url'], { hostEnvironment: seen({}) }],
  ['a path has two owners', ['routes-through-outreach'], { lint: seen({ isClean: false, told: '1 finding' }) }],
  ['the applications read different secrets', ['same-secret'], { secrets: seen(disagreeing) }],
  [
    'the placeholder runs in the host',
    ['sleepconnect-deployed'],
    { functions: seen(functionsWith('sleep-connect-server', { version: '1' })) },
  ],
  [
    'a function is half-way between two versions',
    ['outreach-deployed'],
    { functions: seen(functionsWith('outreach-api', { weighted: ['8'] })) },
  ],
  [
    'a behaviour was changed by hand',
    ['cache-behaviours'],
    { infrastructure: wrong('Distributions', 'd', '/outreach/*: cachePolicy') },
  ],
  ['no distribution is there', ['cache-behaviours'], { infrastructure: seen([]) }],
])('when %s exactly that box is open', (_what, open, change) => {
  expect(openOf({ ...good, ...change })).toEqual(open)
})

function functionsWith(role: string, change: object) {
  const all = well.functions.kind === 'seen' ? well.functions.value : []
  return all.map((one) => (one.role === role ? { ...one, ...change } : one))
}

test('the files show each box with its proof, an open one with what comes next, and quote nothing as markup', () => {
  const sight = without('timing.cold', { outcome: 'broken', findings: ['<script>x</script> | y'] })
  const all = lines.map((line) => ticked(line, sight))
  const markdown = checklistMarkdown('develop', all, new Date(0))
  expect(markdown).toContain(
    '- [x] Test multi-zone API route execution\n  - seen `api.templates.executed.host`: GET host:/x: 200, 405 bytes',
  )
  expect(markdown).toContain('- [ ] Monitor Lambda metrics for errors')
  expect(markdown).toContain('next: `npx zones doctor develop --symptom 502`')
  const html = checklistHtml('develop', all, new Date(0))
  expect(html).not.toContain('<script>')
  expect(html).toContain('1 of 15 lines are open')
  expect(html).not.toMatch(/(?:src|href)="/)
})

test('the document lists the same boxes, and what ticks each', () => {
  const document = readFileSync(new URL('../../../../docs/deployment-checklist.md', import.meta.url), 'utf8')
  const block = /<!-- boxes -->\n([\s\S]*?)<!-- \/boxes -->/.exec(document)?.[1] ?? ''
  const rows = block
    .split('\n')
    .filter((row) => row.startsWith('| ') && !row.startsWith('| ---'))
    .slice(1)
  const cells = rows.map((row) =>
    row
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim()),
  )
  expect(cells).toEqual(lines.map(({ text, checks }) => [text, checks.map(words).join('; ')]))
})

function words(check: (typeof lines)[number]['checks'][number]): string {
  switch (check.kind) {
    case 'probes':
      return check.ids.map((id) => `\`${/[.:]$/.test(id) ? `${id}*` : id}\``).join(', ')
    case 'lint':
      return '`npx zones lint`'
    case 'secrets':
      return '`npx zones secrets check`'
    case 'address':
      return `\`${check.variable}\` of the version that the host's traffic reaches`
    case 'released':
      return `a released version alone behind the alias of ${check.roles.join(', ')}`
    case 'distributions':
      return 'every distribution as in `npx zones infra status`'
  }
}
