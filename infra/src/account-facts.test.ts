import { expect, test } from 'vitest'
import {
  AccountFactsError,
  type AccountFactsRefusal,
  hostedZoneOf,
  parseAccountFacts,
  routingOf,
} from './account-facts.ts'
import { exampleFacts } from './example-facts.ts'
import { stageTemplates } from './stage-templates.ts'
import { existingDatabase } from './test/existing-database.ts'

const develop = exampleFacts('develop')
const refusalOf = (act: () => unknown): [code: AccountFactsRefusal, message: string] => {
  try {
    act()
  } catch (error) {
    if (error instanceof AccountFactsError) return [error.code, error.message]
    throw error
  }
  throw new Error('nothing was refused')
}

test('facts come back as they were given', () => {
  const facts = { ...develop, database: existingDatabase }
  expect(parseAccountFacts(JSON.stringify(facts))).toEqual(facts)
})

test('what may be left out may be left out', () => {
  const { github: _, ...rest } = develop
  expect(parseAccountFacts(JSON.stringify(rest))).toEqual(rest)
})

test('the routing of a stage is what its facts say, and without a word there what the topology says', () => {
  expect(routingOf('develop', develop)).toBe('host')
  expect(routingOf('develop', { ...develop, routing: 'edge' })).toBe('edge')
})

test.each<[what: string, wrong: object, says: string]>([
  ['an account with eleven digits', { accountId: '11112222333' }, 'accountId: looks like 111122223333'],
  ['no hosted zones', { hostedZones: {} }, 'hostedZones: names no domain'],
  ['a domain instead of an id', { hostedZones: { 'a.example': 'a.example' } }, 'hostedZones.a.example: looks like Z'],
  [
    'an address as a tenant',
    { auth0: { ...develop.auth0, domain: 'https://a.auth0.com' } },
    'auth0.domain: looks like',
  ],
  ['a sender that is a number', { twilio: { ...develop.twilio, messagingServiceSid: '+1' } }, 'messagingServiceSid'],
  ['nobody to tell', { alarmEmails: ['ops'] }, 'alarmEmails.0: is an e-mail address'],
  ['nobody at all', { alarmEmails: [] }, 'alarmEmails: names nobody'],
  ['somebody twice', { alarmEmails: ['ops@acme.example', 'OPS@acme.example'] }, 'alarmEmails: names an address twice'],
  ['half a dollar', { monthlyBudgetUsd: 0.5 }, 'monthlyBudgetUsd: is a whole number'],
  ['a repository without an owner', { github: { ...develop.github, repository: 'name' } }, 'github.repository'],
  ['a pattern of branches', { github: { ...develop.github, branch: 'release/*' } }, 'github.branch'],
  ['one subnet', { database: { ...existingDatabase, subnetIds: ['subnet-0123abcd'] } }, 'are at least two'],
  ['a routing that is none', { routing: 'cloud' }, 'routing: is host or edge'],
  ['a field nobody knows', { password: 'x' }, 'password'],
])('%s is refused, and the message says what is wrong', (_what, wrong, says) => {
  const [code, message] = refusalOf(() => parseAccountFacts(JSON.stringify({ ...develop, ...wrong })))
  expect(code).toBe('malformed')
  expect(message).toContain(says)
})

test.each<[typo: string, wrong: Partial<typeof existingDatabase>]>([
  ['a digit too few', { clusterArn: 'arn:aws:rds:us-east-1:11112222333:cluster:practice-data' }],
  ['another service', { clusterArn: 'arn:aws:rsd:us-east-1:111122223333:cluster:practice-data' }],
  ['a colon too few', { clusterArn: 'arn:aws:rds:us-east-1:111122223333:clusterpractice-data' }],
  ['no six letters at the end', { adminSecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:rds' }],
  ['a service misspelled', { adminSecretArn: 'arn:aws:secretmanager:us-east-1:111122223333:secret:rds-AbCdEf' }],
])('D3: an ARN with %s is refused before a template is written', (_typo, wrong) => {
  const facts = { ...develop, database: { ...existingDatabase, ...wrong } }
  const [name = ''] = Object.keys(wrong)
  expect(refusalOf(() => parseAccountFacts(JSON.stringify(facts)))).toEqual([
    'malformed',
    expect.stringContaining(`database.${name}: looks like arn:aws:`),
  ])
})

test.each([
  ['text', 'develop', 'not_json'],
  ['a list', '[]', 'malformed'],
])('%s is refused', (_what, json, code) => {
  expect(refusalOf(() => parseAccountFacts(json))[0]).toBe(code)
})

test('every wrong field is named at once', () => {
  const [, message] = refusalOf(() =>
    parseAccountFacts(JSON.stringify({ ...develop, accountId: '', alarmEmails: [''] })),
  )
  expect(message).toContain('accountId: ')
  expect(message).toContain('alarmEmails.0: ')
})

test('a field that is not there is missing', () => {
  const { auth0: _, ...rest } = develop
  expect(refusalOf(() => parseAccountFacts(JSON.stringify(rest)))).toEqual(['malformed', 'auth0: is missing'])
})

test.each(['owner/name', 'owner@12/name@34'])('GitHub may call a repository %s', (repository) => {
  const facts = { ...develop, github: { ...develop.github, repository } }
  expect(parseAccountFacts(JSON.stringify(facts)).github?.repository).toBe(repository)
})

test.each(['owner@12/name', 'owner/name@34', '*/name', 'owner/na*me', 'owner/name:ref'])(
  '%s names no repository',
  (repository) => {
    const facts = { ...develop, github: { ...develop.github, repository } }
    expect(refusalOf(() => parseAccountFacts(JSON.stringify(facts)))[1]).toContain('github.repository')
  },
)

test('a name belongs to the closest hosted zone, by whole labels', () => {
  const facts = { hostedZones: { 'b.example': 'ZB', 'a.b.example': 'ZAB' } }
  expect(hostedZoneOf(facts, 'x.a.b.example')).toBe('ZAB')
  expect(hostedZoneOf(facts, 'a.b.example')).toBe('ZAB')
  expect(hostedZoneOf(facts, 'xa.b.example')).toBe('ZB')
  expect(refusalOf(() => hostedZoneOf(facts, 'xb.example'))).toEqual([
    'not_hosted',
    'no hosted zone is given that answers for xb.example',
  ])
})

test('a stage whose names no given hosted zone answers for is refused before a template is written', () => {
  expect(refusalOf(() => stageTemplates({ stage: 'production', facts: develop }))).toEqual([
    'not_hosted',
    'no hosted zone is given that answers for dreamconnect.health',
  ])
})
