import type { Markup } from './markup.ts'

/** Values are texts, or labels in Graphviz's own markup. */
export type DotAttributes = Readonly<Record<string, string | number | Markup>>

export interface DotNode {
  readonly id: string
  readonly attributes: DotAttributes
}

/** `from` and `to` are a node's id, or id, port and compass point. */
export interface DotEdge {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly attributes: DotAttributes
}

export interface DotGraph {
  readonly attributes: DotAttributes
  /** What every node and every edge has. */
  readonly node: DotAttributes
  readonly edge: DotAttributes
  readonly nodes: readonly DotNode[]
  readonly edges: readonly DotEdge[]
  /** Ids of nodes that stand in one column, or row. */
  readonly ranks: readonly (readonly string[])[]
}

/** A directed graph in Graphviz's language, in the order given. @source Graphviz documentation, "DOT Language" */
export function dot({ attributes, node, edge, nodes, edges, ranks }: DotGraph): string {
  return [
    'digraph {',
    `  graph ${list(attributes)}`,
    `  node ${list(node)}`,
    `  edge ${list(edge)}`,
    ...nodes.map((one) => `  ${quoted(one.id)} ${list(one.attributes)}`),
    ...edges.map((one) => `  ${end(one.from)} -> ${end(one.to)} ${list(one.attributes)}`),
    ...ranks.map((ids) => `  { rank=same; ${ids.map(quoted).join('; ')} }`),
    '}',
    '',
  ].join('\n')
}

function list(attributes: DotAttributes): string {
  const written = Object.entries(attributes).map(
    ([name, value]) => `${name}=${typeof value === 'object' ? `<${value.markup}>` : quoted(String(value))}`,
  )
  return `[${written.join(', ')}]`
}

function end(parts: readonly string[]): string {
  return parts.map(quoted).join(':')
}

/**
 * A quoted string. Graphviz reads escapes like `\n` and `\N` in many attributes: a backslash is doubled, so that it
 * stands for itself there.
 */
export function quoted(plain: string): string {
  return `"${plain.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
