import { expect, test } from 'vitest'
import { memoryStage } from '../release/test/memory-stage.ts'
import { tinyArtefact } from '../release/test/tiny-artefact.ts'
import { deploy } from './deploy.ts'
import { releases } from './releases.ts'

const one = tinyArtefact({ version: '1.0.0' })
const two = tinyArtefact({ version: '2.0.0' })
const deploying = { stage: 'develop', zone: undefined, dryRun: false, json: false, overrides: [], lockTtlSec: 60 }

test('what is live, what was before, and what came of every run', async () => {
  const stage = memoryStage()
  const ports = () => stage.process().deployPorts(one)
  expect(await releases({ stage: 'develop', json: false }, ports())).toEqual({
    kind: 'done',
    text: 'No release is live in develop.',
  })
  await deploy(deploying, stage.process().deployPorts(one))
  await deploy(deploying, stage.process({ person: 'joe' }).deployPorts(two))
  const shown = await releases({ stage: 'develop', json: false }, ports())
  const text = 'text' in shown ? shown.text : ''
  expect(text).toContain(`Live in develop: ${two.manifest.release}`)
  expect(text).toContain(`Before that: ${one.manifest.release} (npx zones rollback develop)`)
  expect(text).toMatch(/joe\s+done/)
  const json = await releases({ stage: 'develop', json: true }, ports())
  const { records } = JSON.parse('text' in json ? json.text : '')
  expect(records.map(({ release }: { release: string }) => release)).toEqual([
    two.manifest.release,
    one.manifest.release,
  ])
})

test('what is half-way is told', async () => {
  const stage = memoryStage()
  await deploy(deploying, stage.process().deployPorts(one))
  const whole = memoryStage()
  await deploy(deploying, whole.process().deployPorts(one))
  const counting = whole.process()
  await deploy(deploying, counting.deployPorts(two))
  const call = counting.calls.findIndex((one) => one.startsWith('functions.moveAlias')) + 1
  await deploy(deploying, stage.process({ breaking: { call, when: 'after' } }).deployPorts(two)).catch(() => undefined)
  const shown = await releases({ stage: 'develop', json: false }, stage.process().deployPorts(one))
  expect('text' in shown ? shown.text : '').toContain(`Half-way: deploy of ${two.manifest.release} by jane`)
})

test('a stage that is none makes no sense', async () => {
  const ports = memoryStage().process().deployPorts(one)
  expect(await releases({ stage: 'local', json: false }, ports)).toMatchObject({ kind: 'bad-input' })
})
