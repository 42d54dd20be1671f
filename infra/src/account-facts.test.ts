import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AccountFactsError, type AccountFactsRefusal, hostedZoneOf, parseAccountFacts } from './account-facts.ts'
import { createApp } from './app.ts'

const develop = { accountId: '111122223333', hostedZones: { 'mydreamconnect.com': 'Z0123456789EXAMPLE01' } }
const refusalOf = (act: () => unknown): [code: AccountFactsRefusal, message: string] => {
  try {
    act()
  } catch (error) {
    if (error instanceof AccountFactsError) return [error.code, error.message]
    throw error
  }
  throw new Error('nothing was refused')
}

test('facts are kept by stage', () => {
  expect(parseAccountFacts(JSON.stringify({ develop }))).toEqual({ develop })
})

test.each<[what: string, text: string, code: AccountFactsRefusal, says: string]>([
  ['text', 'develop', 'not_json', 'no JSON'],
  ['a list', '[]', 'not_json', 'no JSON object'],
  ['nothing', '{}', 'no_stage', 'no stage'],
  ['a stage that does not exist', '{"devel":{}}', 'unknown_stage', '"devel"'],
  ["a laptop's stage", '{"local":{}}', 'unknown_stage', '"local"'],
  ['a stage without facts', '{"develop":null}', 'bad_account', 'develop: accountId'],
  ['an account with eleven digits', '{"develop":{"accountId":"11112222333"}}', 'bad_account', 'twelve digits'],
  ['no hosted zones', '{"develop":{"accountId":"111122223333"}}', 'bad_hosted_zone', 'hostedZones'],
  [
    'a domain instead of an id',
    JSON.stringify({ develop: { ...develop, hostedZones: { 'a.example': 'a.example' } } }),
    'bad_hosted_zone',
    'a.example',
  ],
])('%s is refused', (_what, text, code, says) => {
  const [refused, message] = refusalOf(() => parseAccountFacts(text))
  expect(refused).toBe(code)
  expect(message).toContain(says)
})

test('a name belongs to the closest hosted zone, by whole labels', () => {
  const facts = { accountId: '111122223333', hostedZones: { 'b.example': 'ZB', 'a.b.example': 'ZAB' } }
  expect(hostedZoneOf(facts, 'x.a.b.example')).toBe('ZAB')
  expect(hostedZoneOf(facts, 'a.b.example')).toBe('ZAB')
  expect(hostedZoneOf(facts, 'xa.b.example')).toBe('ZB')
  expect(refusalOf(() => hostedZoneOf(facts, 'xb.example'))).toEqual([
    'not_hosted',
    'no hosted zone is given that answers for xb.example',
  ])
})

test('a stage whose names no given hosted zone answers for is refused before a template is written', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'sax-refused-'))
  try {
    expect(refusalOf(() => createApp({ accounts: { production: develop }, outdir, judged: false }))).toEqual([
      'not_hosted',
      'no hosted zone is given that answers for api.dreamconnect.health',
    ])
    expect(readdirSync(outdir).filter((name) => name.endsWith('.template.json'))).toEqual([])
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
})
