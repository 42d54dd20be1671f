/** Why a path is refused. Closed set. */
export type AmbiguousPath =
  | 'not_a_path'
  | 'control_or_foreign_character'
  | 'backslash'
  | 'path_parameter'
  | 'empty_segment'
  | 'dot_segment'
  | 'malformed_encoding'
  | 'needless_encoding'
  | 'encoded_delimiter'

/**
 * What makes a path readable in two ways, tried in this order. Data, because two readers use it: the host's proxy, and
 * the function that runs at CloudFront and can import nothing.
 */
export const ambiguities: readonly (readonly [reason: AmbiguousPath, pattern: RegExp])[] = [
  ['not_a_path', /^(?!\/)/],
  ['control_or_foreign_character', /[^\x21-\x7e]|#/],
  ['backslash', /\\/],
  ['path_parameter', /;/],
  ['empty_segment', /\/\//],
  ['dot_segment', /\/\.{1,2}(\/|$)/],
  ['malformed_encoding', /%(?![0-9A-Fa-f]{2})/],
  // RFC 3986 section 2.3: these mean the same with and without their encoding, so only a disguise encodes them.
  ['needless_encoding', /%(2[DE]|3[0-9]|4[1-9A-F]|5[0-9A]|5F|6[1-9A-F]|7[0-9A]|7E)/i],
  // Slash, backslash, percent, semicolon and everything unprintable: a hop that decodes them sees another path.
  ['encoded_delimiter', /%([01][0-9A-F]|7F|2F|5C|25|3B)/i],
]

/**
 * Why this path (raw, without its query) could mean one thing here and another at the next hop, or undefined when it
 * cannot.
 *
 * The decision is one for the whole site: such a path is refused (400), never rewritten. Every hop decodes, collapses
 * and resolves a little differently, so a corrected path would only move the disagreement to the next hop. Links of
 * the site are made by the topology and by URL parsers, which never spell a path this way.
 */
export function ambiguityOf(path: string): AmbiguousPath | undefined {
  const found = ambiguities.find(([, pattern]) => pattern.test(path))
  if (found) return found[0]
  try {
    decodeURIComponent(path)
    return undefined
  } catch {
    return 'malformed_encoding'
  }
}
