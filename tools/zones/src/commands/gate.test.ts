import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { gateKey } from '../release/bucket-keys.ts'
import { gateResultsInFolder, keepInFolder } from '../release/gate-folder.ts'
import { tinyArtefact } from '../release/test/tiny-artefact.ts'
import { type ReleaseMachine, runGate } from '../run-release.ts'
import { type GateArguments, type GatePorts, gate } from './gate.ts'

const { manifest } = tinyArtefact({ version: '1.0.0' })

function judged(given: Partial<GateArguments>, more: Partial<GatePorts> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gates-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const ports: GatePorts = {
    manifest: async () => manifest,
    run: async () => 0,
    who: async () => 'jane',
    keep: async (result) => keepInFolder(folder, result),
    now: () => new Date('2026-11-28T12:00:00Z'),
    ...more,
  }
  const kept = () => gateResultsInFolder(folder, manifest.digest, ['check', 'test'])
  return { outcome: gate({ gate: 'check', command: ['npm', 'run', 'check'], ...given }, ports), kept }
}

test('what a program came to is written down for this artefact, with who, when and what', async () => {
  const { outcome, kept } = judged({})
  expect(await outcome).toMatchObject({ kind: 'done', text: expect.stringContaining('passed the gate check') })
  expect(kept()).toEqual([
    {
      ...{ format: 1, gate: 'check', digest: manifest.digest, release: manifest.release, commit: manifest.commit },
      ...{ command: ['npm', 'run', 'check'], exitCode: 0, who: 'jane' },
      ...{ startedAt: '2026-11-28T12:00:00.000Z', endedAt: '2026-11-28T12:00:00.000Z' },
    },
  ])
})

test('a program that fails is written down too, and fails the gate', async () => {
  const { outcome, kept } = judged({}, { run: async () => 3 })
  expect(await outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('npm ended with 3.') })
  expect(kept()).toMatchObject([{ exitCode: 3 }])
})

test.each<[why: string, given: Partial<GateArguments>, more: Partial<GatePorts>, sentence: string]>([
  ['a gate that is none', { gate: 'luck' }, {}, 'There is no gate luck. Gates: check, test, infra-check, rehearsal.'],
  ['no program', { command: [] }, {}, 'Say after -- which program is to judge the release.'],
  ['a program that is not there', {}, { run: async () => null }, 'npm could not be started.'],
  [
    'an artefact that changes meanwhile',
    {},
    {
      manifest: ((digests) => async () => ({ ...manifest, digest: digests.shift() ?? '' }))(['a', 'b']),
    },
    'The artefact changed while it was judged.',
  ],
])('%s writes nothing down', async (_why, given, more, sentence) => {
  const { outcome, kept } = judged(given, more)
  expect(await outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining(sentence) })
  expect(kept()).toEqual([])
})

test.each<[where: string, options: { readonly to?: string; readonly stage?: string }, sentence: string]>([
  ['nowhere', {}, 'Say where the result goes: --to FOLDER or --stage STAGE.'],
  ['at two places', { to: 'gates', stage: 'develop' }, 'Say where the result goes: --to FOLDER or --stage STAGE.'],
  ['in a stage that is none', { stage: 'local' }, 'No stage of that name has an account yet.'],
  ['in a stage without facts', { stage: 'develop' }, 'No stage of that name has an account yet.'],
])('a result that is to be kept %s is refused before anything is run', async (_where, options, sentence) => {
  const machine = { env: { accountsRoot: tmpdir() } as ReleaseMachine['env'] }
  const outcome = await runGate('check', ['false'], { artefact: '/nowhere', ...options }, machine)
  expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining(sentence) })
})

test.each(['{"gate": "check"}', 'passed'])('a file that says %s is no result, and says so', (text) => {
  const folder = mkdtempSync(join(tmpdir(), 'gates-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, gateKey(manifest.digest, 'check'))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  expect(() => gateResultsInFolder(folder, manifest.digest, ['check'])).toThrow(
    `${path} is no result of a gate. Take it away, and pass the gate again: npx zones gate`,
  )
})
