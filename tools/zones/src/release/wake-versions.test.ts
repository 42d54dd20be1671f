import { expect, test } from 'vitest'
import type { Invoked } from '../aws/invoke.ts'
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

function ports(answer: () => Promise<Invoked>, wait: (ms: number) => Promise<void>) {
  const asked: string[] = []
  return {
    asked,
    invoke: (name: string, version: string, event: unknown) => {
      asked.push(`${name}:${version} ${(event as { rawPath: string }).rawPath}`)
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

test('every version that people will come to is called three times at once; migrations, whom nobody reaches, are not', async () => {
  const given = ports(never, async () => undefined)
  await wakeVersions(given, layout, set, roles, { patienceMs: 4000 })
  const zone = 'fn-outreach-server:7 /outreach/health'
  const host = 'fn-sleep-connect-server:4 /api/health'
  expect(given.asked).toEqual([zone, zone, zone, host, host, host])
})

test('with a token they are called with what loads the most: a page', async () => {
  const given = ports(never, async () => undefined)
  await wakeVersions(given, layout, set, ['outreach-server'], { tokens: nobody, patienceMs: 4000 })
  expect(new Set(given.asked)).toEqual(new Set(['fn-outreach-server:7 /outreach']))
})

test('one that fails is not what decides', async () => {
  const given = ports(() => Promise.reject(new Error('throttled')), never)
  await expect(wakeVersions(given, layout, set, roles, { patienceMs: 4000 })).resolves.toBeUndefined()
})

test('one that does not answer holds nobody up for longer than it may', async () => {
  const waited: number[] = []
  const given = ports(never, async (ms) => void waited.push(ms))
  await wakeVersions(given, layout, set, roles, { patienceMs: 4000 })
  expect(waited).toEqual([4000])
})
