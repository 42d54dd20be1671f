import { posix } from 'node:path'
import { z } from 'zod'
import type { Check, Finding } from '../check.ts'
import type { SourceTree } from '../source/source-tree.ts'

const manifest = z.object({ scripts: z.record(z.string(), z.string()).default({}) })

/** What npm does by itself. */
const NPM_OWN = new Set(['ci', 'install', 'exec', 'ls', 'audit'])

/** The target of a link or picture inside the repository. */
const LINK = /\]\((?!https?:|mailto:|#)([^)\s#]+)(?:#[^)]*)?\)/g

/** Commands and links in the documents exist, and commands in the workflows. */
export const documentedCommands: Check = {
  name: 'documents',
  run: (tree) => {
    const { scripts } = manifest.parse(JSON.parse(tree.text('package.json')))
    return tree.files
      .filter((file) => /^(README\.md|CONTRIBUTING\.md|docs\/.+\.md|\.github\/workflows\/.+\.yml)$/.test(file))
      .flatMap((file) => [
        ...eachLine(codeOf(file, tree.text(file)), file, /\bnpm (run )?([a-z][a-z:-]*)/g, ([, run, name = '']) =>
          (!run && NPM_OWN.has(name)) || Object.hasOwn(scripts, name)
            ? undefined
            : `names the script "${name}", which package.json does not have`,
        ),
        ...eachLine(
          codeOf(file, tree.text(file)),
          file,
          /\bnpx zones ([a-z][a-z-]*)(?: ([a-z]+))?/g,
          ([, name = '', second]) =>
            // A command of a group, `infra plan`, lies in `infra-plan.ts`.
            tree.has(`tools/zones/src/commands/${name}.ts`) || tree.has(`tools/zones/src/commands/${name}-${second}.ts`)
              ? undefined
              : `names the command "zones ${name}", which does not exist`,
        ),
        ...eachLine(tree.text(file).split('\n'), file, LINK, ([, target = '']) => deadLink(tree, file, target)),
      ])
  },
}

function deadLink(tree: SourceTree, file: string, target: string): string | undefined {
  const path = posix.join(posix.dirname(file), target).replace(/\/$/, '')
  const exists = path === '.' || tree.files.some((known) => known === path || known.startsWith(`${path}/`))
  return exists ? undefined : `links to ${target}, which does not exist`
}

/** The document's lines with nothing left but code: fenced blocks and what stands between backticks. A workflow is code. */
function codeOf(file: string, markdown: string): readonly string[] {
  if (file.endsWith('.yml')) return markdown.split('\n')
  let fenced = false
  return markdown.split('\n').map((line) => {
    if (line.startsWith('```')) {
      fenced = !fenced
      return ''
    }
    return fenced ? line : [...line.matchAll(/`([^`]+)`/g)].map(([, code]) => code).join(' ; ')
  })
}

function eachLine(
  lines: readonly string[],
  file: string,
  pattern: RegExp,
  judge: (match: RegExpMatchArray) => string | undefined,
): readonly Finding[] {
  return lines.flatMap((text, index) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const why = judge(match)
      return why === undefined
        ? []
        : [{ file, line: index + 1, why, fix: 'correct the document, or add what it promises' }]
    }),
  )
}
