/** Why a request target is refused. Closed set. */
export type AmbiguousTarget =
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
 * Why this request target could mean one thing here and another at an origin, or undefined when it cannot.
 *
 * The decision is one for the whole site: such a target is refused (400), never rewritten. Every hop decodes, collapses
 * and resolves a little differently, so a corrected path would only move the disagreement to the next hop. Links of
 * the site are made by the topology and by URL parsers, which never spell a path this way.
 *
 * `target` is the request line's own text: a URL parser would already have resolved what is looked for here.
 */
export function ambiguityOf(target: string): AmbiguousTarget | undefined {
  if (!target.startsWith('/')) return 'not_a_path'
  if (!/^[\x21-\x7e]*$/.test(target) || target.includes('#')) return 'control_or_foreign_character'
  const path = pathOf(target)
  if (path.includes('\\')) return 'backslash'
  if (path.includes(';')) return 'path_parameter'
  if (path.includes('//')) return 'empty_segment'
  if (/\/\.{1,2}(\/|$)/.test(path)) return 'dot_segment'
  return path.includes('%') ? encodingProblem(path) : undefined
}

/** The path of a target, without its query. */
export function pathOf(target: string): string {
  const end = target.indexOf('?')
  return end === -1 ? target : target.slice(0, end)
}

function encodingProblem(path: string): AmbiguousTarget | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(path)) return 'malformed_encoding'
  // RFC 3986 section 2.3: these mean the same with and without their encoding, so only a disguise encodes them.
  if (/%(2[DE]|3[0-9]|4[1-9A-F]|5[0-9A]|5F|6[1-9A-F]|7[0-9A]|7E)/i.test(path)) return 'needless_encoding'
  // Slash, backslash, percent, semicolon and everything unprintable: a hop that decodes them sees another path.
  if (/%([01][0-9A-F]|7F|2F|5C|25|3B)/i.test(path)) return 'encoded_delimiter'
  try {
    decodeURIComponent(path)
    return undefined
  } catch {
    return 'malformed_encoding'
  }
}
