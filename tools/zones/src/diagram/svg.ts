import { instance } from '@viz-js/viz'
import { type DotGraph, dot } from './dot.ts'
import { escaped } from './markup.ts'
import { darkStyle } from './palette.ts'

/** Graphviz has the widths of these two built in, so that a picture is the same on every machine. */
export const SANS = 'Arial'
export const MONO = 'Courier'

/** Fonts of the same widths for readers who have not these, or have better ones. */
const FONTS = [
  `[font-family="${SANS}"]{font-family:Arial,Helvetica,"Liberation Sans",sans-serif}`,
  `[font-family^="${MONO}"]{font-family:Menlo,"DejaVu Sans Mono","Liberation Mono","Courier New",monospace}`,
].join('')

/** What a picture is called, and what it shows, for those who cannot see it. */
export interface Caption {
  readonly title: string
  readonly description: string
}

/**
 * A graph as a picture that stands alone: no fonts, scripts or addresses of elsewhere. Follows the reader's preference
 * for light or dark. The same graph is the same text.
 */
export async function svg(graph: DotGraph, caption: Caption): Promise<string> {
  const viz = await instance()
  return dressed(viz.renderString(dot(graph), { format: 'svg' }), caption)
}

/** Graphviz's own output without what only Graphviz needs, under a name. */
function dressed(drawn: string, { title, description }: Caption): string {
  const start = drawn.indexOf('<svg')
  const plain = drawn
    .slice(start)
    .replace(/<!--.*?-->\n?/gs, '')
    .replace(/<title>.*?<\/title>\n?/gs, '')
    .replaceAll('&#45;', '-')
    .replace(/ xmlns:xlink="[^"]*"/, '')
  const head = `<svg role="img" aria-label="${escaped(`${title}. ${description}`)}"`
  const inside = `<title>${escaped(title)}</title>\n<style>${escapedStyle(FONTS + darkStyle())}</style>\n`
  return plain.replace(/^<svg([^>]*)>\n?/, (_tag, attributes: string) => `${head}${attributes}>\n${inside}`)
}

/** Quotes may stay in a style sheet, the rest may not. */
function escapedStyle(style: string): string {
  return style.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
