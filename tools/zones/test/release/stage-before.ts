import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import type { Cloud } from '@sax/cloud'
import { releaseBucketName } from '@sax/infra/names'
import { clientOptions } from '../../src/aws/client-settings.ts'
import { createBuckets } from '../../src/aws/s3-bucket.ts'
import { storeArtefact } from '../../src/release/artefact-store.ts'
import { gateKey, LIVE_KEY } from '../../src/release/bucket-keys.ts'
import { gateNames } from '../../src/release/gates.ts'
import type { Live } from '../../src/release/live-set.ts'
import { artefactInFolder } from '../../src/release/on-this-machine.ts'
import { writeRecord } from '../../src/release/record.ts'
import { jsonText } from '../../src/release/stored-json.ts'
import { develop, settingsOf } from '../infra/emulator.ts'

/** The stage that is promoted from. Nothing of it is asked but its bucket of releases. */
export const BEFORE = 'staging'

/** Makes that bucket. What is returned lets a release be live there, seen and with its gates, as one is that went live. */
export async function startStageBefore(cloud: Cloud): Promise<(folder: string) => Promise<void>> {
  const Bucket = releaseBucketName(BEFORE, develop)
  const s3 = new S3Client({ ...clientOptions(settingsOf(cloud)), forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket }))
  s3.destroy()
  const releases = createBuckets(settingsOf(cloud))(Bucket)
  return async (folder) => {
    const artefact = await artefactInFolder(folder)
    const { digest, release, commit, functions, assets } = artefact.manifest
    await storeArtefact(releases, artefact, (work) => work())
    const times = { startedAt: '2026-11-28T12:00:00.000Z', endedAt: '2026-11-28T12:01:00.000Z' }
    const about = { digest, release, commit, ...times }
    for (const gate of gateNames) {
      const result = { format: 1, gate, ...about, command: ['true'], exitCode: 0, who: 'a test' }
      await releases.write(gateKey(digest, gate), jsonText(result), { kind: 'any' })
    }
    const current = {
      functions: Object.fromEntries(
        functions.map(({ role, codeSha256 }) => [role, { version: '1', release, artefact: digest, codeSha256 }]),
      ),
      assets: Object.fromEntries(assets.map(({ zone }) => [zone, { release, artefact: digest }])),
    }
    const record = await writeRecord(
      { releases },
      {
        ...{ format: 1, id: digest.slice(0, 8), command: 'deploy', who: 'a test', ...about, zones: [] },
        ...{ outcome: 'done', reason: '', before: null, after: current, overrides: [], plan: null, steps: [] },
        probes: [{ id: 'release.expected', title: 'It is there', outcome: 'kept', findings: [] }],
      },
    )
    const live: Live = { format: 1, current, previous: null, record }
    await releases.write(LIVE_KEY, jsonText(live), { kind: 'any' })
  }
}
