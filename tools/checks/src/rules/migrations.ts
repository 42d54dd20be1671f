import { posix } from 'node:path'
import { MIGRATION_FILE, migrationKind } from '@sax/release'
import type { Check, Finding } from '../check.ts'
import type { SourceTree } from '../source/source-tree.ts'
import { takesAway } from '../sql/takes-away.ts'

const FOLDER = 'apps/outreach-api/migrations'

/**
 * A migration says whether releases before it go on, because a release is only rolled back to what can read the
 * database. One that says it only adds is read, to see whether that is so.
 */
export const migrations: Check = {
  name: 'migrations',
  run: async (tree) => {
    const files = tree.files.filter((file) => posix.dirname(file) === FOLDER)
    return (await Promise.all(files.map((file) => judged(tree, file)))).flat()
  },
}

async function judged(tree: SourceTree, file: string): Promise<readonly Finding[]> {
  const name = posix.basename(file)
  const found = (why: string, fix: string, line = 1): readonly Finding[] => [{ file, line, why, fix }]
  if (!MIGRATION_FILE.test(name)) return found('is no migration', 'name it as 0005_what_it_does.sql', 0)
  const sql = tree.text(file)
  const kind = migrationKind(name, sql)
  if (kind === undefined) {
    return found(
      'does not say what it does to releases before it',
      'begin with "-- kind: expand", or with "-- kind: contract, safe from 0007_name.sql"',
    )
  }
  if (kind.kind === 'contract') {
    const earlier = kind.safeFrom < name && tree.has(posix.join(FOLDER, kind.safeFrom))
    return earlier ? [] : found(`is safe from ${kind.safeFrom}, which is no migration before it`, 'name one that is')
  }
  const taken = await takesAway(sql)
  return taken.flatMap(({ line, what }) =>
    found(`${what}, and says that it only adds`, 'make it a migration of its own, of kind contract', line),
  )
}
