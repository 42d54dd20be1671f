import type { Check, Finding } from '../check.ts'
import { moduleFiles } from '../source/file-kinds.ts'

interface Silencer {
  readonly pattern: RegExp
  readonly why: string
  readonly fix: string
}

/** Written with character classes, so that the patterns do not find themselves. */
const inModules: readonly Silencer[] = [
  {
    pattern: /\b(?:it|test|describe|suite)[.](?:skip|only|todo|fixme)\s*\(/,
    why: 'a test that does not run, or keeps others from running',
    fix: 'make it run, or delete it',
  },
  { pattern: /@ts[-](?:ignore|nocheck)/, why: 'switches type checks off', fix: 'make the types right' },
  {
    pattern: /biome[-]ignore [\w/]+\s*(?::\s*)?(?:\*\/\}?\s*)?$|biome[-]ignore [\w/]+: *<explanation>/,
    why: 'silences a lint rule without a reason',
    fix: 'say why on the same line',
  },
  { pattern: /\/\/ *(?:TO[D]O|FIX[M]E|X[X]X)\b/, why: 'unfinished by its own words', fix: 'finish it, or take it out' },
]

const inScripts: readonly Silencer[] = [
  {
    pattern: /\|\| *(?:true|:)(?:\s|$)/,
    why: 'turns a failure into a success',
    fix: 'let it fail, or decide on the exit code',
  },
]

/** Gates are not taken out one by one: what is switched off says why, and failures stay failures. */
export const silenced: Check = {
  name: 'silenced checks',
  run: (tree) => [
    ...moduleFiles(tree).flatMap((file) => lines(file, tree.text(file), inModules)),
    ...tree.files
      .filter((file) => file.startsWith('.ci/') || file.endsWith('.sh') || file.endsWith('package.json'))
      .flatMap((file) => lines(file, tree.text(file), inScripts)),
  ],
}

function lines(file: string, text: string, silencers: readonly Silencer[]): readonly Finding[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      silencers
        .filter(({ pattern }) => pattern.test(line))
        .map(({ why, fix }) => ({ file, line: index + 1, why, fix })),
    )
}
