import type { Check, Finding } from '../check.ts'
import { isShipped, moduleFiles } from '../source/file-kinds.ts'

const URL_HOST = /(?:https?:|wss?:|(?<![\w:/.])(?=\/\/[\w-]+\.\w))\/\/([^/\s"'`)?#]*)/gi
const OWN = /^(localhost|127\.0\.0\.1|\[::1\])(:\d*)?$|(^|\.)(example\.(test|com|org)|invalid)(:\d+)?$/i

/** Addresses that are names of something and are never fetched. */
const NAMES = new Set(['www.w3.org'])

/** No screen and no server asks a third party for anything that is not named in the topology or the environment. */
export const thirdPartyOrigins: Check = {
  name: 'third-party origins',
  run: (tree) => [
    ...moduleFiles(tree)
      .filter((file) => isShipped(file) && !file.startsWith('packages/topology/'))
      .flatMap((file) => tree.module(file).texts.flatMap(({ value, line }) => strangers(file, line, value))),
    ...tree.files
      .filter((file) => isShipped(file) && file.endsWith('.css'))
      .flatMap((file) =>
        tree
          .text(file)
          .split('\n')
          .flatMap((text, index) => strangers(file, index + 1, text)),
      ),
  ],
}

function strangers(file: string, line: number, text: string): readonly Finding[] {
  return (
    [...text.matchAll(URL_HOST)]
      .map((match) => match[1] ?? '')
      // An empty host is one that is filled in at run time, from the environment or the topology.
      .filter((host) => host !== '' && !OWN.test(host) && !NAMES.has(host))
      .map((host) => ({
        file,
        line,
        why: `names the foreign origin ${host}`,
        fix: 'serve the data from the repository, or name the origin in the topology',
      }))
  )
}
