import type { ManifestAsset } from '@sax/release'
import { BuildError } from './build-error.ts'
import { forbiddenEverywhere, forbiddenInOurs, forbiddenInPublished, searchContents } from './search-contents.ts'
import type { Contents } from './zip.ts'

type Searched =
  | { readonly role: string; readonly contents: Contents }
  | { readonly asset: Pick<ManifestAsset, 'file'>; readonly content: Uint8Array }

/** What a package may hold; another kind of file got in by mistake. */
const ALLOWED =
  /\.(c?js|mjs|jsonc?|html|rsc|meta|body|css|wasm|ico|svg|png|woff2|txt|sql|node|nft\.json)$|(^|\/)(LICEN[CS]E|NOTICE|COPYING|BUILD_ID|package\.json)([-.].*)?$/i

/**
 * Looks for what a release must not hold: names of stages, secrets, folders of this machine, switches around sign-in,
 * and kinds of files that nobody meant to ship.
 * @throws BuildError `contents`
 */
export function refuseForbidden(searched: readonly Searched[], folders: readonly string[]): void {
  const everywhere = forbiddenEverywhere([...new Set(folders)])
  const found = searched.flatMap((one) => {
    if ('asset' in one)
      return searchContents(
        [[one.asset.file, one.content]],
        [...everywhere, ...forbiddenInOurs, ...forbiddenInPublished],
      )
    return [
      ...[...one.contents.keys()]
        .filter((path) => !ALLOWED.test(path))
        .map((path) => ({ file: path, what: 'a kind of file that is not shipped', text: path })),
      ...searchContents(one.contents, everywhere),
      ...searchContents(
        [...one.contents].filter(([path]) => isOurs(path)),
        forbiddenInOurs,
      ),
    ].map((finding) => ({ ...finding, file: `${one.role}: ${finding.file}` }))
  })
  if (found.length === 0) return
  const lines = found.slice(0, 20).map(({ file, what, text }) => `  ${file}: ${what} (${text})`)
  throw new BuildError(
    'contents',
    `The release would hold what it must not, ${found.length} times:\n${lines.join('\n')}`,
  )
}

/** Code of this repository, as far as it can be told from a bundle: what lies outside of packages. */
function isOurs(path: string): boolean {
  return !path.includes('node_modules/')
}
