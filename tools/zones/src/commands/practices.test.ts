import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@sax/local/settings'
import { type TenantSettings, tenantSettings } from '@sax/release'
import { functionName } from '@sax/topology'
import { expect, test } from 'vitest'
import { AwsFailure } from '../aws/aws-failure.ts'
import type { Invoked } from '../aws/invoke.ts'
import { settingsFunction } from '../practices/settings-function.ts'
import { person, stagePorts } from '../secrets/test/stage-ports.ts'
import { practicesNumbers } from './practices-numbers.ts'
import { type PracticesSetArguments, practicesSet } from './practices-set.ts'
import { practicesShow } from './practices-show.ts'

const TENANT = '00000000-0000-0000-0000-0000000000a1'
const file = {
  tenant: { id: TENANT, name: 'Northshore' },
  practices: [
    { id: '00000000-0000-0000-0000-0000000000b1', name: 'Harbor', phone: '+16175550100', timeZone: 'America/New_York' },
  ],
}
const settings: TenantSettings = tenantSettings.parse(file)
const change = { change: 'add', what: 'practice Harbor' } as const
const answered = (payload: unknown): Invoked => ({ kind: 'answered', payload, executedVersion: '7' })
const planned = (changes: readonly object[], plan = 'one') => answered({ kind: 'planned', plan, changes })
const written = answered({ kind: 'written', plan: 'one', changes: [change] })
const unreachable = new AwsFailure({
  ...{ code: 'unreachable', action: 'lambda:InvokeFunction', errorName: 'TimeoutError' },
  ...{ message: 'lambda:InvokeFunction got no answer.', next: 'Run the same command again.' },
})

/** A stage whose function answers with these in turn. `sent`: what it was asked. */
function stage(answers: readonly (Invoked | Error)[], texts: Readonly<Record<string, string>> = {}) {
  const sent: unknown[] = []
  const rest = [...answers]
  const somebody = person([])
  const ports = {
    ...stagePorts(),
    person: somebody,
    readFile: (path: string) => ({ 'northshore.json': JSON.stringify(file), ...texts })[path],
    settingsOf: (name: 'develop' | 'staging' | 'production') =>
      settingsFunction(name, async ({ functionName, qualifier, event }) => {
        sent.push([functionName, qualifier, event])
        const next = rest.shift()
        if (next === undefined) throw new Error('nobody was to ask so often')
        if (next instanceof Error) throw next
        return next
      }),
  }
  return { ports, sent, shown: somebody.shown }
}

const asked: PracticesSetArguments = {
  stage: 'develop',
  from: 'northshore.json',
  dryRun: false,
  yes: false,
  json: false,
}

test('it is shown what would change, agreed to, changed as planned, and looked at again', async () => {
  const { ports, sent, shown } = stage([planned([change]), written, planned([])])
  expect(await practicesSet(asked, ports)).toEqual({
    kind: 'done',
    text: 'develop: Northshore\n  + practice Harbor\nChanged, read again, and as the file says.',
  })
  expect(shown).toEqual(['develop, account 111122223333: Northshore\n  + practice Harbor\nChange this?'])
  const look = { sax: 'tenant-settings-write', settings }
  const migrations = [functionName('develop', 'outreach-migrations'), 'live']
  expect(sent).toEqual([
    [...migrations, look],
    [...migrations, { ...look, plan: 'one' }],
    [...migrations, look],
  ])
})

test('what is as the file says is not written, and nobody is asked', async () => {
  const { ports, shown } = stage([planned([])])
  expect(await practicesSet(asked, ports)).toMatchObject({
    kind: 'done',
    text: expect.stringContaining('nothing is to'),
  })
  expect(shown).toEqual([])
})

test('a dry run only looks, as JSON on request', async () => {
  const { ports } = stage([planned([change])])
  const outcome = await practicesSet({ ...asked, dryRun: true, json: true }, ports)
  expect(outcome.kind === 'done' && JSON.parse(outcome.text)).toEqual({
    ...{ stage: 'develop', outcome: 'planned', changes: [change] },
  })
})

test('whoever says no has changed nothing', async () => {
  const { ports } = stage([planned([change])])
  expect(await practicesSet(asked, { ...ports, person: person([], { agrees: false }) })).toMatchObject({
    kind: 'declined',
  })
})

test.each<
  [what: string, more: Partial<PracticesSetArguments>, texts: Readonly<Record<string, string>>, reason: RegExp]
>([
  ['no file', { from: 'gone.json' }, {}, /^There is no file gone\.json\.$/],
  ['no JSON', { from: 'a' }, { a: '{' }, /It is no JSON/],
  [
    'a fault in it',
    { from: 'a' },
    { a: '{"tenant":{"id":"1","name":"x"},"practices":[]}' },
    /tenant\.id: .*\n.*practices: /,
  ],
  ['no such stage', { stage: 'local' }, {}, /No stage of that name/],
])('%s is refused before anybody is asked', async (_, more, texts, reason) => {
  const { ports, sent } = stage([], texts)
  expect(await practicesSet({ ...asked, ...more }, ports)).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(reason),
  })
  expect(sent).toEqual([])
})

test('without a terminal somebody has to agree beforehand', async () => {
  const { ports } = stage([])
  const nobody = { ...ports, person: person([], { present: false }) }
  expect(await practicesSet(asked, nobody)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('--yes') })
})

test.each<[what: string, answer: Invoked | Error, reason: RegExp]>([
  ['a refusal', answered({ kind: 'refused', reasons: ['The practice X is gone.'] }), /The practice X is gone/],
  ['an older release', { kind: 'failed', errorType: 'TypeError', logTail: '' }, /Bring a newer one/],
  [
    'a function that fails',
    { kind: 'failed', errorType: 'Error', logTail: '' },
    /outreach-migrations_develop fails \(Error\)/,
  ],
  ['a placeholder', answered({ statusCode: 503 }), /Was anything released there yet/],
  ['a network that is gone', unreachable, /got no answer/],
])('%s, while only looking, changes nothing and says what to do', async (_, answer, reason) => {
  const { ports } = stage([answer])
  expect(await practicesSet(asked, ports)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) })
})

test.each<[what: string, answers: readonly (Invoked | Error)[], kind: string, reason: RegExp]>([
  ['an answer that never came', [unreachable], 'stopped', /which is not known\. Run the same command again/],
  [
    'somebody who was quicker',
    [answered({ kind: 'refused', reasons: ['Somebody else.'] })],
    'refused',
    /Somebody else/,
  ],
  ['somebody who changed it afterwards', [written, planned([change])], 'stopped', /changed it since/],
])('%s, while writing, is told', async (_, answers, kind, reason) => {
  const { ports } = stage([planned([change]), ...answers])
  expect(await practicesSet(asked, ports)).toMatchObject({ kind, reason: expect.stringMatching(reason) })
})

test('a tenant is shown as the file that makes it', async () => {
  const { ports } = stage([answered({ settings })])
  const outcome = await practicesShow({ stage: 'develop', tenant: TENANT }, ports)
  expect(outcome.kind === 'done' && tenantSettings.parse(JSON.parse(outcome.text))).toEqual(settings)
})

test('a tenant that is not there, and an id that is none', async () => {
  const { ports } = stage([answered({ settings: null })])
  expect(await practicesShow({ stage: 'develop', tenant: TENANT }, ports)).toMatchObject({ kind: 'failed' })
  expect(await practicesShow({ stage: 'develop', tenant: 'northshore' }, ports)).toMatchObject({ kind: 'bad-input' })
})

test('numbers are told with whose they are, and those that texts wait for', async () => {
  const numbers = [{ phone: '+16175550100', tenant: 'Northshore', practice: 'Harbor', messagingServiceSid: null }]
  const wanted = [{ phone: '+16175550109', texts: 2, since: '2026-11-29T10:00:00.000Z' }]
  const { ports } = stage([
    answered({ numbers, wanted }),
    answered({ numbers, wanted }),
    answered({ numbers: [], wanted: [] }),
  ])
  const told = await practicesNumbers({ stage: 'develop', json: false }, ports)
  expect(told.kind === 'done' && told.text).toMatch(/\+16175550100 +Northshore +Harbor +none/)
  expect(told.kind === 'done' && told.text).toContain("+16175550109 is no practice's: 2 texts wait")
  const json = await practicesNumbers({ stage: 'develop', json: true }, ports)
  expect(json.kind === 'done' && JSON.parse(json.text)).toEqual({ stage: 'develop', numbers, wanted })
  expect(await practicesNumbers({ stage: 'develop', json: false }, ports)).toMatchObject({
    text: expect.stringMatching(/^No/),
  })
})

test('the file that the runbook shows is one that can be given', () => {
  const runbook = readFileSync(join(repositoryRoot, 'docs', 'runbooks', 'practices.md'), 'utf8')
  const [, shown = ''] = /```json\n([\s\S]*?)```/.exec(runbook) ?? []
  expect(tenantSettings.parse(JSON.parse(shown)).practices[0]?.senders).not.toEqual([])
})
