import { describe, expect, test } from 'vitest'
import { type DeployArguments, deploy } from '../commands/deploy.ts'
import { exitCode } from '../outcome.ts'
import { type MemoryStage, memoryStage } from './test/memory-stage.ts'
import { tinyArtefact } from './test/tiny-artefact.ts'

const one = tinyArtefact({ version: '1.0.0' })
const { release } = one.manifest
const because = 'the machine of the gates is down'
const usual: DeployArguments = {
  ...{ stage: 'production', zone: undefined, dryRun: false, json: false, lockTtlSec: 60 },
  overrides: [{ gate: 'verified-staging', because }],
}

/** Deploys to production, with somebody there who types `typed`; `nobody`: there is none; `leaves`: they press Ctrl-C. */
async function deployed(
  more: Partial<DeployArguments>,
  typed: string | 'nobody' | 'leaves' = 'nobody',
  stage: MemoryStage = memoryStage('production'),
) {
  const asked: string[] = []
  const typing = async (question: string) => {
    asked.push(question)
    return typed === 'leaves' ? undefined : typed
  }
  const ports = { ...stage.process().deployPorts(one), ...(typed === 'nobody' ? {} : { typing }) }
  const outcome = await deploy({ ...usual, ...more }, ports)
  return {
    outcome,
    asked,
    stage,
    code: exitCode(outcome),
    isUntouched: [...stage.buckets.values()].every(({ size }) => size === 0),
  }
}

function recordOf(stage: MemoryStage) {
  const objects = stage.buckets.get(stage.layout.releaseBucket)
  const key = [...(objects?.keys() ?? [])].find((name) => name.startsWith('records/')) ?? ''
  return JSON.parse(new TextDecoder().decode(objects?.get(key)?.bytes))
}

describe('a gate before production is left out only by whoever types stage and release', () => {
  test('with a reason alone it is refused before anything is looked at, and told what to type', async () => {
    const { outcome, code, isUntouched } = await deployed({})
    expect(outcome).toEqual({
      ...{ kind: 'refused', text: '' },
      reason: `Leaving out verified-staging before production is agreed to by name, and there is nobody to ask here: --confirm-without-gate production/${release}. Nothing was changed.`,
    })
    expect([code, isUntouched]).toEqual([1, true])
  })

  test.each([
    ['as an argument', { confirmed: `production/${release}` }, 'nobody'],
    ['at the terminal', {}, ` production/${release} `],
  ])('typed %s it is let on, and the record says so', async (_how, more, typed) => {
    const { outcome, stage } = await deployed(more, typed)
    expect(outcome).toMatchObject({ kind: 'done' })
    const record = recordOf(stage)
    expect(record.overrides).toEqual([{ gate: 'verified-staging', because, confirmed: `production/${release}` }])
    const preflight = record.steps.find(({ name }: { name: string }) => name === 'preflight')
    expect(preflight.detail).toBe(`nothing speaks against it; LEFT OUT: verified-staging (${because})`)
    expect('text' in outcome ? outcome.text : '').toContain('LEFT OUT: verified-staging')
  })

  test('whoever is asked is told what is missing, and may say no by typing anything else, or leaving', async () => {
    for (const typed of ['', 'y', 'yes', 'production', release, `staging/${release}`, 'leaves']) {
      const { outcome, code, asked, isUntouched } = await deployed({}, typed)
      expect(outcome).toMatchObject({ kind: 'declined', reason: expect.stringMatching(/Nothing was changed\.$/) })
      expect([code, isUntouched]).toEqual([3, true])
      expect(asked).toEqual([
        `WITHOUT verified-staging: nobody has shown that ${release} passes. To bring it to production all the same, type production/${release}`,
      ])
    }
  })

  test('an argument that names another release, or another stage, is refused', async () => {
    for (const confirmed of [`production/2.0.0-${'0'.repeat(12)}`, `staging/${release}`, '', 'yes']) {
      const { outcome, code, isUntouched } = await deployed({ confirmed }, `production/${release}`)
      expect(outcome).toMatchObject({
        reason: `--confirm-without-gate names something else than what would be brought, which is production/${release}. Nothing was changed.`,
      })
      expect([code, isUntouched]).toEqual([1, true])
    }
  })

  test('a plan asks nobody, says loudly what is left out, and what will have to be typed', async () => {
    const { outcome } = await deployed({ dryRun: true })
    const text = 'text' in outcome ? outcome.text : ''
    expect(text).toMatch(/verified-staging +LEFT OUT: the machine of the gates is down\n/)
    expect(text).toContain(
      `LEFT OUT: verified-staging. Nobody has shown that ${release} passes it. A run wants it typed: --confirm-without-gate production/${release}`,
    )
  })

  test('a gate without a reason is refused for that, and nobody is made to type for it', async () => {
    const { outcome, asked } = await deployed({ overrides: [{ gate: 'test', because: 'no' }] }, 'leaves')
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('Say why in ten letters or more'),
    })
    expect(asked).toEqual([])
  })
})

test('before the other stages a reason is enough, and typing more is refused as idle', async () => {
  const overrides = [{ gate: 'rehearsal', because }]
  const staging = memoryStage('staging')
  expect((await deployed({ stage: 'staging', overrides }, 'nobody', staging)).outcome).toMatchObject({ kind: 'done' })
  const more = { stage: 'staging', overrides, confirmed: `staging/${release}` }
  expect((await deployed(more, 'nobody', memoryStage('staging'))).outcome).toMatchObject({
    kind: 'refused',
    reason:
      '--confirm-without-gate has no effect: before staging a reason is enough. Leave it out. Nothing was changed.',
  })
})
