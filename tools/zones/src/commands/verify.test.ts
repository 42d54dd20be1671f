import { people } from '@sax/sample-data'
import { expect, test } from 'vitest'
import { exitCode } from '../outcome.ts'
import { type VerifyPorts, verify } from './verify.ts'

const never = () => {
  throw new Error('nothing may be asked')
}
const ports: VerifyPorts = {
  site: () => undefined,
  people,
  routes: [],
  openBrowser: never,
  ask: never,
  progress: { plan: never, result: never, end: never },
  nowMs: () => 0,
}

test('without a running site nothing is asked and the answer says how to start one', async () => {
  const verified = await verify({ stage: 'local', browser: true }, ports)
  expect(verified).toMatchObject({ kind: 'failed', reason: expect.stringContaining('npm start') })
})

test.each([
  ['rehearsal', 'npm run rehearse -- --keep'],
  ['prod', 'there are local, develop, staging, production'],
])('stage "%s" is answered with what there is', async (stage, sentence) => {
  expect(await verify({ stage, browser: true }, ports)).toMatchObject({
    kind: 'bad-input',
    reason: expect.stringContaining(sentence),
  })
})

test.each(['production', 'develop', ''])('stage "%s" is bad input', async (stage) => {
  const verified = await verify({ stage, browser: true }, ports)
  expect(verified.kind === 'verified' ? 0 : exitCode(verified)).toBe(2)
})
