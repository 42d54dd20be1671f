import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Names the code of this checkout: its short commit, with the sources' digest when they differ from it. */
export function releaseName(root: string, sources: string): string {
  const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  const commit = git('rev-parse', '--short=10', 'HEAD')
  if (commit.status !== 0) {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
    return `${version}-${sources.slice(0, 10)}`
  }
  const clean = git('status', '--porcelain', '--untracked-files=no').stdout.trim() === ''
  return clean ? commit.stdout.trim() : `${commit.stdout.trim()}-${sources.slice(0, 6)}`
}
