import { expect, test } from 'vitest'
import type { HowOften } from '../aws/invoke.ts'
import type { LiveSet } from './live-set.ts'
import type { StageLayout } from './stage-layout.ts'
import { wakeVersions } from './wake-versions.ts'

const layout = {
  stage: 'develop',
  functions: ['sleep-connect-server', 'outreach-server', 'outreach-migrations'].map((role) => ({
    role,
    functionName: `fn-${role}`,
    zone: 'api',
  })),
  hostNames: { sleepconnect: 'host.example.test', outreach: 'zone.example.test' },
  apiBaseUrl: 'https://api.example.test/dev',
} as unknown as StageLayout

const at = (version: string) => ({ version, release: null, artefact: null, codeSha256: '' })
const set: LiveSet = {
  functions: { 'sleep-connect-server': at('4'), 'outreach-server': at('7'), 'outreach-migrations': at('2') },
  assets: {},
}

function ports(answer: () => Promise<void>, wait: (ms: number) => Promise<void>) {
  const asked: string[] = []
  return {
    asked,
    invokeOften: (name: string, version: string, newEvent: () => unknown, { atOnce, rounds }: HowOften) => {
      asked.push(`${name}:${version} ${(newEvent() as { rawPath: string }).rawPath} ${atOnce}x${rounds}`)
      return answer()
    },
    newId: () => 'id',
    now: () => new Date(0),
    wait,
  }
}
const never = () => new Promise<never>(() => undefined)
const roles = ['outreach-server', 'sleep-connect-server', 'outreach-migrations']

const nobody = { good: '', expired: '', foreign: '' }

const often = { atOnce: 3, rounds: 2, patienceMs: 4000 }

test('every version that people will come to is called, several times at once; migrations, whom nobody reaches, are not', async () => {
  const given = ports(never, async () => undefined)
  await wakeVersions(given, layout, set, roles, often)
  expect(given.asked).toEqual([
    'fn-outreach-server:7 /outreach/health 3x2',
    'fn-sleep-connect-server:4 /api/health 3x2',
  ])
})

test('with a token they are called with what loads the most: a page', async () => {
  const given = ports(never, async () => undefined)
  await wakeVersions(given, layout, set, ['outreach-server'], { ...often, tokens: nobody })
  expect(given.asked).toEqual(['fn-outreach-server:7 /outreach 3x2'])
})

test('one that does not answer holds nobody up for longer than it may', async () => {
  const waited: number[] = []
  const given = ports(never, async (ms) => void waited.push(ms))
  await wakeVersions(given, layout, set, roles, often)
  expect(waited).toEqual([4000])
})
