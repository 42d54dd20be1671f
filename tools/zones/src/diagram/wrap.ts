/** Breaks a text into lines of at most `width` characters: after spaces where it has some, else anywhere. */
export function wrap(plain: string, width: number): readonly string[] {
  const lines: string[] = []
  let rest = plain.trim()
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width)
    const at = space > 0 ? space : width
    lines.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return [...lines, rest]
}
