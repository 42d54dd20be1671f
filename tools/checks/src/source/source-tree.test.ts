import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseModule } from './parse-module.ts'
import { gitTree } from './source-tree.ts'

test('a tree holds tracked and new files, and neither ignored nor deleted ones', () => {
  const root = mkdtempSync(join(tmpdir(), 'checks-'))
  try {
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: root })
    git('init', '--quiet')
    for (const file of ['tracked.ts', 'gone.ts', 'new.ts', 'ignored.log']) writeFileSync(join(root, file), file)
    writeFileSync(join(root, '.gitignore'), '*.log\n')
    git('add', 'tracked.ts', 'gone.ts', '.gitignore')
    rmSync(join(root, 'gone.ts'))

    const tree = gitTree(root)
    expect(tree.files).toEqual(['.gitignore', 'new.ts', 'tracked.ts'])
    expect(tree.text('tracked.ts')).toBe('tracked.ts')
    expect(tree.has('ignored.log')).toBe(false)
  } finally {
    rmSync(root, { recursive: true })
  }
})

test('a file that cannot be parsed stops the check that reads it', () => {
  expect(() => parseModule('a.ts', 'const = 1')).toThrow(SyntaxError)
})

test('imports are found in every form', () => {
  const source =
    "import 'a'\nimport type { B } from 'b'\nexport { c } from 'c'\nexport * as d from 'd'\nawait import('e')"
  const { imports } = parseModule('a.ts', source)
  expect(imports.map(({ specifier, line }) => [specifier, line])).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 3],
    ['d', 4],
    ['e', 5],
  ])
})
