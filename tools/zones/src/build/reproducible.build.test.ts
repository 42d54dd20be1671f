import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repositoryRoot } from '@sax/local/settings'
import type { Manifest } from '@sax/release'
import { afterAll, expect, inject, test } from 'vitest'
import { buildRelease } from './build-release.ts'
import { openRelease } from './open-release.ts'
import { readSources } from './sources.ts'

// Beside the other releases, and not in the system's folder of temporary files: packages are linked, which wants one disk.
mkdirSync(join(repositoryRoot, '.local'), { recursive: true })
const elsewhere = mkdtempSync(join(repositoryRoot, '.local', 'another-'))
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }))

const quiet = { step: () => ({ now: () => undefined, done: async () => undefined, failed: async () => undefined }) }

/** What every file of a release is, by name. */
function digestsOf({ functions, assets, privateFiles, sbom, licences }: Manifest): Readonly<Record<string, string>> {
  const all = [...functions, ...assets, ...privateFiles, sbom, licences]
  return Object.fromEntries(all.map(({ file, sha256 }) => [file, sha256]))
}

test('the same sources make the same release, byte for byte, in a checkout of another name and without git', {
  timeout: 300_000,
}, async () => {
  const checkout = join(elsewhere, 'folder of somebody else', 'checkout')
  for (const file of readSources(repositoryRoot).files) {
    mkdirSync(dirname(join(checkout, file)), { recursive: true })
    copyFileSync(join(repositoryRoot, file), join(checkout, file))
  }
  const built = await openRelease(inject('release'))
  const again = await buildRelease({
    ...{ source: checkout, out: join(elsewhere, 'release'), workshop: join(elsewhere, 'w'), progress: quiet },
    nowMs: () => performance.now(),
  })
  // File by file first, which says where a difference is.
  expect(digestsOf(again.manifest)).toEqual(digestsOf(built))
  expect(again.manifest).toEqual({ ...built, commit: 'unknown', committed: false })
  expect(Object.keys(digestsOf(built)).length).toBeGreaterThan(100)
})
