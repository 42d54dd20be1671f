/** Why a text is not well-formed XML, as far as pictures need it; undefined: nothing found. */
export function xmlFault(xml: string): string | undefined {
  const open: string[] = []
  let rest = xml.trim()
  let roots = 0
  while (rest !== '') {
    const [content = ''] = /^[^<]*/.exec(rest) ?? []
    const stray = /&(?!(amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/.exec(content)
    if (stray !== null) return `a bare & in ${JSON.stringify(content.slice(0, 40))}`
    if (open.length === 0 && content.trim() !== '') return 'text outside the root'
    rest = rest.slice(content.length)
    if (rest === '') break
    const tag = /^<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/.exec(rest)
    if (tag === null) return `no tag: ${rest.slice(0, 60)}`
    const [whole, closing, name = '', attributes = '', alone] = tag
    if (/&(?!(amp|lt|gt|quot|apos|#\d+);)/.test(attributes)) return `a bare & in an attribute of ${name}`
    const names = [...attributes.matchAll(/([\w:-]+)="/g)].map(([, one]) => one)
    if (new Set(names).size < names.length) return `an attribute of ${name} is there twice`
    if (closing !== '') {
      if (open.pop() !== name) return `</${name}> closes nothing`
    } else {
      if (open.length === 0) roots += 1
      if (alone === '') open.push(name)
    }
    rest = rest.slice(whole.length)
  }
  if (open.length > 0) return `<${open.at(-1)}> is not closed`
  return roots === 1 ? undefined : `${roots} roots`
}
