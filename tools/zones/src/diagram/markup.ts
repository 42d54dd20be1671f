/** Text that is markup already. Only the functions below make it, so that nothing gets into a picture unescaped. */
export interface Markup {
  readonly markup: string
}

export type MarkupAttributes = Readonly<Record<string, string | number>>

/** An element with its content. */
export function element(name: string, attributes: MarkupAttributes, ...content: readonly Markup[]): Markup {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
  return { markup: `<${name}${written.join('')}>${content.map(({ markup }) => markup).join('')}</${name}>` }
}

/** An element without content. */
export function empty(name: string, attributes: MarkupAttributes = {}): Markup {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
  return { markup: `<${name}${written.join('')}/>` }
}

export function text(plain: string): Markup {
  return { markup: escaped(plain) }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Plain text for XML, in content and in attributes. Characters that XML does not know become U+FFFD. */
export function escaped(plain: string): string {
  return (
    plain
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these cannot be in XML
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
  )
}
