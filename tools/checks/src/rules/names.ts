import { posix } from 'node:path'
import type { Check, Finding } from '../check.ts'
import { moduleFiles } from '../source/file-kinds.ts'

const BANNED = [
  'utils',
  'util',
  'helpers',
  'helper',
  'misc',
  'common',
  'shared',
  'lib',
  'manager',
  'service',
  'services',
]
/** Words that say nothing in any combination; the others also name things of the domain (a shared template, a manager). */
const BANNED_PART = ['utils', 'util', 'helpers', 'helper', 'misc']
const BANNED_TYPE = /^[A-Z]\w*(Utils?|Helpers?|Manager|Service)$/

/** Names say what is inside. These words are said of anything. */
export const names: Check = {
  name: 'names',
  run: (tree) => [
    ...tree.files.flatMap(fileName),
    ...moduleFiles(tree).flatMap((file) => exportNames(file, tree.module(file).exports)),
  ],
}

function fileName(file: string): readonly Finding[] {
  const segments = file.split('/')
  const stem = posix.basename(file).replace(/\..*$/, '')
  const bad =
    [...segments.slice(0, -1), stem].find((name) => BANNED.includes(name.toLowerCase())) ??
    stem.split('-').find((part) => BANNED_PART.includes(part))
  return bad === undefined ? [] : [{ file, line: 0, why: `"${bad}" says nothing`, fix: 'name it after what it does' }]
}

function exportNames(file: string, exports: readonly { name: string; line: number }[]): readonly Finding[] {
  return exports
    .filter(({ name }) => BANNED.includes(name.toLowerCase()) || BANNED_TYPE.test(name))
    .map(({ name, line }) => ({
      file,
      line,
      why: `exports "${name}", a name that says nothing`,
      fix: 'name it after what it does',
    }))
}
