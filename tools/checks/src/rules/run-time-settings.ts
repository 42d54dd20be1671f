import type { Check, Finding } from '../check.ts'
import { isShipped, moduleFiles } from '../source/file-kinds.ts'
import type { SourceTree } from '../source/source-tree.ts'

interface Word {
  readonly files: RegExp
  readonly pattern: RegExp
  readonly why: string
  readonly fix: string
}

const words: readonly Word[] = [
  {
    files: /^apps\/sleepconnect\//,
    pattern: /^(API_BASE_URL|OUTREACH_API_URL|OUTREACH_API_BASE_URL|apiBaseUrl)$/,
    why: 'tells the host where the backend is; what it knows it can send people to, around the zone',
    fix: "ask the zone's API routes",
  },
  {
    files: /\/next\.config\.\w+$/,
    pattern: /^(rewrites|redirects)$/,
    why: 'is fixed while building: a variable changed on the function would change nothing',
    fix: 'decide it in proxy.ts, from the environment',
  },
  {
    files: /^(apps|packages)\//,
    pattern: /^NEXT_PUBLIC_/,
    why: 'is fixed while building, and one build has to serve every stage',
    fix: 'hand the value from the server to the page',
  },
]

/** What differs between stages is read when the process starts, and the host has no way around a zone. */
export const runTimeSettings: Check = {
  name: 'run-time settings',
  run: (tree) =>
    moduleFiles(tree)
      .filter(isShipped)
      .flatMap((file) => words.filter(({ files }) => files.test(file)).flatMap((word) => written(tree, file, word))),
}

function written(tree: SourceTree, file: string, { pattern, why, fix }: Word): readonly Finding[] {
  const { identifiers, texts } = tree.module(file)
  const all = [...identifiers.map(({ name, line }) => ({ value: name, line })), ...texts]
  return all
    .filter(({ value }) => pattern.test(value))
    .map(({ value, line }) => ({ file, line, why: `"${value}" ${why}`, fix }))
}
