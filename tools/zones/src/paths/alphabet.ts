import { CharSet } from 'refa'

/** Greatest character of a path: `~`. */
export const LAST_CHARACTER = 0x7e

/**
 * The characters a path can be written in: every visible ASCII character but `?` and `#`, which end a path. All others
 * travel percent-encoded, and so as these.
 * @source RFC 9112, section 3.2, "Request Target"; RFC 3986, section 3.3, "Path"
 */
export const pathCharacters: CharSet = CharSet.empty(LAST_CHARACTER).union([
  { min: 0x21, max: 0x22 },
  { min: 0x24, max: 0x3e },
  { min: 0x40, max: LAST_CHARACTER },
])

/** Letters first, for they make the examples that read best. */
const READABLE = 'xabcdefghijklmnopqrstuvwyz0123456789-_.~/XABCDEFGHIJKLMNOPQRSTUVWYZ'

/** Every character of a path, those a reader likes best first. */
export const lettersByReadability: readonly number[] = [
  ...new Set([...[...READABLE].map((letter) => letter.charCodeAt(0)), ...pathCharacters.characters()]),
]

/** Whether `path` begins with a slash and holds characters of a path only. */
export function isPath(path: string): boolean {
  return path.startsWith('/') && [...path].every((character) => pathCharacters.has(character.charCodeAt(0)))
}
