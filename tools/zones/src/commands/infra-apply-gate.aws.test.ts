import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import type { Cloud as Emulator } from '@sax/cloud'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { applyPorts, changes, settingsOf, startEmulator, type TestPorts } from '../../test/infra/emulator.ts'
import { smallStage } from '../../test/infra/small-stage.ts'
import { clientOptions } from '../aws/client-settings.ts'
import { infraApply } from './infra-apply.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.stop())

const apply = (ports: TestPorts, yes = false) => infraApply({ stage: 'develop', yes }, ports)
const stackNames = ['sleepconnect-backend-develop', 'sleepconnect-develop']
const statuses = async ({ cloud: { cloudFormation } }: TestPorts) =>
  Promise.all(stackNames.map(async (name) => (await cloudFormation.stack(name))?.status))
/** Change sets that nobody executed. */
const leftOver = async ({ cloud: { cloudFormation } }: TestPorts) =>
  (await Promise.all(stackNames.map((name) => cloudFormation.changeSets(name)))).flat()

async function applied() {
  const ports = applyPorts(emulator, smallStage())
  expect(await apply(ports)).toMatchObject({ kind: 'done' })
  return changes(emulator).length
}

test('a change in place is shown, asked for and made', async () => {
  await applied()
  const ports = applyPorts(emulator, smallStage({ memoryMb: 1024, withQueue: true }))
  expect(await apply(ports)).toMatchObject({ kind: 'done' })
  expect(ports.asked.join()).toMatch(/change\s+WorkerFunction\s+MemorySize: 512 -> 1024/)
  expect(ports.asked.join()).toMatch(/add\s+1 SQS::Queue\s+Outbox/)
  expect(await statuses(ports)).toEqual(['UPDATE_COMPLETE', 'CREATE_COMPLETE'])
  expect(await leftOver(ports)).toEqual([])
})

test('R6, D7: a replacement anywhere leaves every stack alone, the other stack’s change too', async () => {
  const before = await applied()
  const ports = applyPorts(emulator, smallStage({ memoryMb: 1024, bucketName: 'other-files' }))
  const outcome = await apply(ports)
  expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('Nothing was changed.') })
  expect((outcome as { text: string }).text).toMatch(/refused Files \(S3::Bucket\): .*(replaced|taken away)/)
  expect(ports.asked).toEqual([])
  expect(changes(emulator).slice(before)).toEqual([])
  expect(await statuses(ports)).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE'])
  expect(await leftOver(ports)).toEqual([])
})

test('a removal is refused', async () => {
  await applied()
  const withQueue = applyPorts(emulator, smallStage({ withQueue: true }))
  expect(await apply(withQueue)).toMatchObject({ kind: 'done' })
  const ports = applyPorts(emulator, smallStage())
  const outcome = await apply(ports)
  expect(outcome).toMatchObject({ kind: 'refused' })
  expect((outcome as { text: string }).text).toMatch(/refused Outbox \(SQS::Queue\)/)
  expect(await statuses(ports)).toEqual(['UPDATE_COMPLETE', 'CREATE_COMPLETE'])
})

test('whoever says no has changed nothing, and may say yes later', async () => {
  const no = applyPorts(emulator, smallStage(), { confirm: async () => false })
  expect(await apply(no)).toEqual({ kind: 'declined', text: '', reason: 'Nothing was changed.' })
  expect(changes(emulator)).toEqual([])
  expect(await statuses(no)).toEqual(['REVIEW_IN_PROGRESS', 'REVIEW_IN_PROGRESS'])
  expect(await leftOver(no)).toEqual([])
  await applied()
})

test('where nobody can be asked it is refused before anything is looked at, but for --yes', async () => {
  const nobody = applyPorts(emulator, smallStage(), { confirm: undefined })
  expect(await apply(nobody)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('--yes') })
  expect(emulator.calls()).toEqual([])
  const outcome = await apply(nobody, true)
  expect(outcome).toMatchObject({ kind: 'done', text: expect.stringContaining('FilesName: small-files') })
})

test('a template that does not retain everything is not sent', async () => {
  const [backend, site] = smallStage()
  if (backend === undefined || site === undefined) throw new Error('two stacks are wanted')
  const { Files, ...others } = site.template.Resources
  const loose = {
    ...site,
    template: { ...site.template, Resources: { ...others, Files: { ...Files, DeletionPolicy: 'Delete' } } },
  } as typeof site
  const outcome = await apply(applyPorts(emulator, [backend, loose]))
  expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('do not retain Files') })
  expect(emulator.calls()).toEqual([])
})

test('D7, D10: what releases do is not undone by applying again', async () => {
  await applied()
  const lambda = new LambdaClient(clientOptions(settingsOf(emulator)))
  const FunctionName = 'small-worker'
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: Buffer.from(emptyZip, 'base64') }))
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 10, minDelay: 1 }, { FunctionName })
  const { Version = '' } = await lambda.send(new PublishVersionCommand({ FunctionName }))
  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version }))
  expect(await apply(applyPorts(emulator, smallStage({ memoryMb: 1024 })))).toMatchObject({ kind: 'done' })
  const live = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'live' }))
  // The alias is where the release left it, and the version it names keeps the settings it was published with.
  expect(live).toMatchObject({ Version, MemorySize: 512 })
  lambda.destroy()
})

/** A zip file with nothing in it. */
const emptyZip = 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=='
