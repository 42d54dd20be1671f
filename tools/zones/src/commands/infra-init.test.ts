import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import { expect, test } from 'vitest'
import type { Asker, Detected } from '../infra/ask-facts.ts'
import type { FactsFile } from '../infra/facts-file.ts'
import { Interrupted } from '../infra/interrupted.ts'
import { infraInit } from './infra-init.ts'

const AC = `AC${'0'.repeat(32)}`
const MG = `MG${'1'.repeat(32)}`
const develop = {
  accountId: '111122223333',
  hostedZones: { 'mydreamconnect.com': 'Z0123456789ABC' },
  auth0: { domain: 'acme.us.auth0.com', clientId: 'abcdefghijklmnop0123456789ABCDEF' },
  twilio: { accountSid: AC, messagingServiceSid: MG },
  alarmEmails: ['alarms@acme.example'],
  monthlyBudgetUsd: 250,
} satisfies AccountFacts

/** Answers by the beginning of the question; several answers to one question are given in turn. */
function person(
  answers: Readonly<Record<string, string | boolean | readonly string[]>>,
): Asker & { readonly heard: string[] } {
  const heard: string[] = []
  const left = new Map(
    Object.entries(answers).map(([question, given]) => [question, Array.isArray(given) ? [...given] : [given]]),
  )
  const next = (message: string) => {
    const question = [...left.keys()].find((beginning) => message.startsWith(beginning))
    return question === undefined ? undefined : left.get(question)?.shift()
  }
  return {
    heard,
    async text({ message, initial, wrong }) {
      for (;;) {
        const answer = next(message) ?? initial
        if (typeof answer !== 'string') throw new Error(`nobody answers: ${message}`)
        const complaint = wrong(answer)
        if (complaint === undefined) return answer
        heard.push(`${message}: ${complaint}`)
      }
    },
    async yes({ message, initial }) {
      const answer = next(message)
      return typeof answer === 'boolean' ? answer : initial
    },
  }
}

const nothingDetected: Detected = { accountId: undefined, hostedZones: {} }
function ports(asker: Asker | undefined, detected = nothingDetected, file: FactsFile = { kind: 'none', shown: 'x' }) {
  const written: [DeployedStage, AccountFacts][] = []
  return {
    written,
    facts: () => file,
    writeFacts: (stage: DeployedStage, facts: AccountFacts) => {
      written.push([stage, facts])
      return `accounts/${stage}.json`
    },
    detect: async () => detected,
    asker,
  }
}

const everything = {
  'AWS account': '111122223333',
  "Route 53's id": 'Z0123456789ABC',
  'Auth0 tenant': 'acme.us.auth0.com',
  'Auth0 client id': 'abcdefghijklmnop0123456789ABCDEF',
  'Twilio account': AC,
  'Twilio messaging': MG,
  'E-mail': 'alarms@acme.example',
  Budget: '250',
}

test('the few facts are asked for and kept', async () => {
  const given = ports(person(everything))
  expect(await infraInit({ stage: 'develop', given: undefined }, given)).toMatchObject({ kind: 'done' })
  expect(given.written).toEqual([['develop', develop]])
})

test('a wrong answer is asked for again, and says what a right one looks like', async () => {
  const asker = person({
    ...everything,
    'AWS account': ['1111', '111122223333'],
    Budget: ['much', '0', '250'],
    'Domain whose': ['example.com', 'mydreamconnect.com'],
  })
  const given = ports(asker)
  expect(await infraInit({ stage: 'develop', given: undefined }, given)).toMatchObject({ kind: 'done' })
  expect(given.written).toEqual([['develop', develop]])
  expect(asker.heard).toEqual([
    'AWS account: looks like 111122223333: twelve digits',
    'Domain whose hosted zone answers for dev.mydreamconnect.com: does not contain dev.mydreamconnect.com',
    expect.stringContaining('Budget a month, in US dollars: '),
    'Budget a month, in US dollars: is at least 1',
  ])
})

test('what the account tells and what is known already need no typing', async () => {
  const { 'AWS account': _account, "Route 53's id": _id, ...rest } = everything
  const detected = {
    accountId: '111122223333',
    hostedZones: { 'other.example': 'ZOTHER', 'mydreamconnect.com': 'Z0123456789ABC' },
  }
  const fresh = ports(person(rest), detected)
  await infraInit({ stage: 'develop', given: undefined }, fresh)
  expect(fresh.written).toEqual([['develop', develop]])
  const again = ports(person({}), nothingDetected, { kind: 'facts', facts: develop, shown: 'x' })
  await infraInit({ stage: 'develop', given: undefined }, again)
  expect(again.written).toEqual([['develop', develop]])
})

test('being asked again does not undo a routing that was chosen', async () => {
  const facts = { ...develop, routing: 'edge' } as const
  const again = ports(person({}), nothingDetected, { kind: 'facts', facts, shown: 'x' })
  await infraInit({ stage: 'develop', given: undefined }, again)
  expect(again.written).toEqual([['develop', facts]])
})

test('releases from GitHub and an existing database are asked for only when they are wanted', async () => {
  const given = ports(
    person({
      ...everything,
      'Release from GitHub': true,
      'GitHub repository': 'acme/outreach',
      'Use a database cluster': true,
      'ARN of the cluster': 'arn:aws:rds:us-east-1:111122223333:cluster:there',
      'Its writer': 'there.cluster-abcdefghijkl.us-east-1.rds.amazonaws.com',
      'ARN of the secret': 'arn:aws:secretsmanager:us-east-1:111122223333:secret:rds-AbCdEf',
      'Its resource id': `cluster-${'A'.repeat(26)}`,
      'Name of the database': 'outreach',
      'VPC it': 'vpc-0123456789abcdef0',
      'First private': 'subnet-0123456789abcdef0',
      'Second one': 'subnet-0123456789abcdef1',
      'Security group': 'sg-0123456789abcdef0',
    }),
  )
  await infraInit({ stage: 'develop', given: undefined }, given)
  expect(given.written[0]?.[1]).toMatchObject({
    github: { repository: 'acme/outreach', branch: 'main', provider: 'create' },
    database: { databaseName: 'outreach', subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] },
  })
})

test('production is asked for the hosted zone of its API too', async () => {
  const asker = person({
    ...everything,
    'Domain whose hosted zone answers for dreamconnect.health': 'dreamconnect.health',
  })
  const given = ports(asker)
  await infraInit({ stage: 'production', given: undefined }, given)
  expect(given.written[0]?.[1].hostedZones).toEqual({ 'dreamconnect.health': 'Z0123456789ABC' })
})

test.each<[what: string, text: string, says: RegExp]>([
  ['no JSON', 'develop', /no JSON/],
  ['a wrong account', JSON.stringify({ ...develop, accountId: '12' }), /accountId: looks like 111122223333/],
  [
    'a secret among them',
    JSON.stringify({ ...develop, auth0: { ...develop.auth0, clientSecret: 'x' } }),
    /auth0.*clientSecret/,
  ],
  [
    'no hosted zone for a name',
    JSON.stringify({ ...develop, hostedZones: { 'acme.example': 'ZA' } }),
    /no hosted zone is given that answers for dev\.mydreamconnect\.com/,
  ],
])('a file with %s is refused and not kept', async (_what, text, says) => {
  const given = ports(undefined)
  const outcome = await infraInit({ stage: 'develop', given: { text } }, given)
  expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringMatching(says) })
  expect(given.written).toEqual([])
})

test('a good file is kept without a question', async () => {
  const given = ports(undefined)
  expect(await infraInit({ stage: 'develop', given: { text: JSON.stringify(develop) } }, given)).toMatchObject({
    kind: 'done',
  })
  expect(given.written).toEqual([['develop', develop]])
})

test('nothing is written when the names are somebody else’s, when the person says no, or goes away', async () => {
  const foreign = ports(person({ 'develop answers': false }))
  expect(await infraInit({ stage: 'develop', given: undefined }, foreign)).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('stages.ts'),
  })
  const declined = ports(person({ ...everything, '  account': false }))
  expect(await infraInit({ stage: 'develop', given: undefined }, declined)).toMatchObject({ kind: 'declined' })
  const gone = ports({
    yes: async () => true,
    text: async () => {
      throw new Interrupted()
    },
  })
  expect(await infraInit({ stage: 'develop', given: undefined }, gone)).toMatchObject({ kind: 'declined' })
  const nobody = ports(undefined)
  expect(await infraInit({ stage: 'develop', given: undefined }, nobody)).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('--from'),
  })
  expect([foreign, declined, gone, nobody].flatMap(({ written }) => written)).toEqual([])
})

test.each(['local', 'devel'])('%s is no stage that has an account', async (stage) => {
  expect(await infraInit({ stage, given: undefined }, ports(person({})))).toMatchObject({ kind: 'refused' })
})
