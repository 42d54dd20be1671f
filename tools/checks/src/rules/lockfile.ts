import { posix } from 'node:path'
import type { Check, Finding } from '../check.ts'

const FOREIGN = ['yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb', 'npm-shrinkwrap.json']

/** One lock file, npm's, without download addresses: they would tie the checkout to the mirror it was made behind. */
export const lockfile: Check = {
  name: 'lockfile',
  run: (tree) => [
    ...tree.files.flatMap(second),
    ...(tree.has('package-lock.json') ? addresses(tree.text('package-lock.json')) : [missing]),
  ],
}

const missing: Finding = {
  file: 'package-lock.json',
  line: 0,
  why: 'there is no lock file',
  fix: 'run npm install and commit it',
}

function second(file: string): readonly Finding[] {
  const isSecond =
    FOREIGN.includes(posix.basename(file)) || (file.endsWith('/package-lock.json') && file !== 'package-lock.json')
  return isSecond
    ? [{ file, line: 0, why: 'a second lock file', fix: 'delete it; the root package-lock.json locks everything' }]
    : []
}

function addresses(text: string): readonly Finding[] {
  return text.split('\n').flatMap((line, index) =>
    /"resolved": *"https?:/.test(line)
      ? [
          {
            file: 'package-lock.json',
            line: index + 1,
            why: 'carries a download address',
            fix: 'keep omit-lockfile-registry-resolved=true in .npmrc and run npm install again',
          },
        ]
      : [],
  )
}
