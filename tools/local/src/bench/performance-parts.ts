/**
 * The document with one of its parts replaced, which stands between `<!-- part -->` and `<!-- /part -->`. Parts are
 * measured by different commands, and none may lose what another has found.
 * @throws Error when the document has no place for it
 */
export function withPart(document: string, part: string, text: string): string {
  const [begin, end] = [`<!-- ${part} -->\n`, `<!-- /${part} -->`]
  const [from, to] = [document.indexOf(begin), document.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`the document has no place for "${part}"`)
  return `${document.slice(0, from + begin.length)}${text.trim()}\n${document.slice(to)}`
}
