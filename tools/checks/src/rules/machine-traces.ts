import type { Check } from '../check.ts'

const BINARY = /\.(png|jpe?g|gif|ico|webp|avif|woff2?|pdf|zip)$/

/** Written with character classes, so that the patterns do not find themselves. */
const traces: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /(?<![\w./~-])[/](?:home|Users)[/][\w.-]+[/]/, what: 'a path into a home folder' },
  { pattern: /(?<![\w./~-])[/](?:work|root|workspace|srv)[/][\w.-]+/, what: 'an absolute path of one machine' },
  { pattern: /\b[A-Z]:\\\\?Users\\/, what: 'a path into a home folder' },
  {
    pattern: /\bregistry[.](?:npmjs|yarnpkg)[.]\w+|[/]artifactory[/]|\bverdaccio\b|\bnpm[.]pkg[.]github[.]com/,
    what: 'the host name of a package registry',
  },
]

/** Nothing in the repository depends on the machine or the registry it was written behind. */
export const machineTraces: Check = {
  name: 'machine traces',
  run: (tree) =>
    tree.files
      .filter((file) => !BINARY.test(file))
      .flatMap((file) =>
        tree
          .text(file)
          .split('\n')
          .flatMap((text, index) =>
            [...traces, { pattern: literal(`${tree.root}/`), what: 'the path of this very checkout' }]
              .filter(({ pattern }) => pattern.test(text))
              .slice(0, 1)
              .map(({ what }) => ({
                file,
                line: index + 1,
                why: `holds ${what}`,
                fix: 'use a path from the repository, or configuration',
              })),
          ),
      ),
}

function literal(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
}
