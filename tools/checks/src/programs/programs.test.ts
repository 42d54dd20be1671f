import { describe, expect, test } from 'vitest'
import { stringTree } from '../source/source-tree.ts'
import { lint } from './lint.ts'
import { programRunner, type RunProgram } from './run-program.ts'
import { types } from './types.ts'
import { unused } from './unused.ts'

const saying =
  (exitCode: number, stdout: string, stderr = ''): RunProgram =>
  async () => ({ exitCode, stdout, stderr })

const tree = stringTree({ 'tsconfig.json': '{}' })

describe('types', () => {
  test('a compiler error becomes a finding at its line', async () => {
    const run = saying(2, 'apps/a.ts(12,5): error TS2322: Type string is not number.\n  more\n')
    expect(await types('node', run).run(tree)).toEqual([
      { file: 'apps/a.ts', line: 12, why: 'TS2322: Type string is not number.', fix: 'make the types agree' },
    ])
  })

  test('every project is compiled, and a Next application gets its route types first', async () => {
    const commands: string[] = []
    const run: RunProgram = async (command, cwd) => {
      commands.push([...command.slice(1), 'in', cwd].join(' '))
      return { exitCode: 0, stdout: '', stderr: '' }
    }
    const files = { 'tsconfig.json': '', 'apps/a/tsconfig.json': '', 'apps/a/next.config.ts': '' }
    expect(await types('node', run).run(stringTree(files))).toEqual([])
    expect(commands.sort()).toEqual([
      '/repository/node_modules/next/dist/bin/next typegen in /repository/apps/a',
      '/repository/node_modules/typescript/bin/tsc --pretty false -p apps/a/tsconfig.json in /repository',
      '/repository/node_modules/typescript/bin/tsc --pretty false -p tsconfig.json in /repository',
    ])
  })

  test('a compiler that fails without an error of its own is no pass', async () => {
    await expect(types('node', saying(3, 'out of memory')).run(tree)).rejects.toThrow(
      'tsc -p tsconfig.json ended with 3',
    )
  })
})

describe('lint', () => {
  test('a diagnostic becomes a finding', async () => {
    const diagnostics = [
      { severity: 'error', category: 'format', message: 'differs', location: { path: 'a.ts', start: { line: 0 } } },
      { severity: 'information', category: 'x', message: 'hint', location: null },
    ]
    expect(await lint('node', saying(1, JSON.stringify({ diagnostics }))).run(tree)).toEqual([
      { file: 'a.ts', line: 0, why: 'format: differs', fix: 'npx biome check --write, then by hand what is left' },
    ])
  })

  test('a linter that fails without a diagnostic is no pass', async () => {
    const run = saying(1, '{"diagnostics":[]}', 'configuration is broken')
    await expect(lint('node', run).run(tree)).rejects.toThrow('biome ended with 1: configuration is broken')
  })
})

describe('unused code', () => {
  test('B6: a file that nothing imports, a second copy of a worker for one, is found', async () => {
    const issues = [{ file: 'apps/a/worker-copy.ts', files: [{ name: 'apps/a/worker-copy.ts' }] }]
    expect(await unused('node', saying(1, JSON.stringify({ issues }))).run(tree)).toEqual([
      { file: 'apps/a/worker-copy.ts', line: 0, why: 'no other file uses this one', fix: 'use it or delete it' },
    ])
  })

  test('B4: an export and a dependency that nothing uses are found', async () => {
    const issues = [
      { file: 'a.ts', exports: [{ name: 'old', line: 3 }] },
      { file: 'package.json', dependencies: [{ name: 'left-pad', line: 9 }] },
    ]
    const findings = await unused('node', saying(1, JSON.stringify({ issues }))).run(tree)
    expect(findings.map(({ file, line, why }) => [file, line, why])).toEqual([
      ['a.ts', 3, 'nobody imports "old"'],
      ['package.json', 9, 'the dependency left-pad is not used'],
    ])
  })

  test('a tool that breaks is no pass', async () => {
    await expect(unused('node', saying(2, '', 'bad configuration')).run(tree)).rejects.toThrow('bad configuration')
  })
})

test('a program hands back what it said and how it ended', async () => {
  const run = programRunner({})
  const script = 'console.log("out"); console.error("err"); process.exit(3)'
  expect(await run([process.execPath, '-e', script], '.')).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' })
})

test('a program that cannot be started is an error', async () => {
  await expect(programRunner({})(['/no/such/program'], '.')).rejects.toThrow('ENOENT')
})
