import type { Check } from '../check.ts'
import { moduleFiles } from '../source/file-kinds.ts'

/** Fonts come from the repository's packages: a build must work without the internet. */
export const webFonts: Check = {
  name: 'web fonts',
  run: (tree) =>
    moduleFiles(tree).flatMap((file) =>
      tree
        .module(file)
        .imports.filter(({ specifier }) => /^(next\/font|@next\/font)\/google$/.test(specifier))
        .map(({ line }) => ({
          file,
          line,
          why: 'a build would fetch this font from the internet',
          fix: 'use next/font/local with the font package',
        })),
    ),
}
