/**
 * True for a path that two readers could understand differently: empty or dot segments, backslashes, encoded slashes,
 * encoded characters that need no encoding, broken encodings, control characters. The front door refuses them before
 * they get here; this is the second reader's own opinion.
 */
export function isAmbiguousPath(pathname: string): boolean {
  if (/[\\\p{Cc}]|\/\//u.test(pathname)) return true
  if (pathname.split('/').some((segment) => segment === '.' || segment === '..')) return true
  return (pathname.match(/%.{0,2}/g) ?? []).some((encoded) => !isNeededEscape(encoded))
}

/** An escape of a character that may not stand in a path by itself, other than slash, backslash, percent and controls. */
function isNeededEscape(encoded: string): boolean {
  if (!/^%[0-9a-fA-F]{2}$/.test(encoded)) return false
  const code = Number.parseInt(encoded.slice(1), 16)
  if (code < 0x20 || code === 0x7f) return false
  return !/[A-Za-z0-9\-._~/\\%]/.test(String.fromCharCode(code))
}
