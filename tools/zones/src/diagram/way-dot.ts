import type { Asked } from '../explain/asked.ts'
import { type Fact, factsOf, type HopFacts } from '../explain/facts.ts'
import type { Hop } from '../explain/hop.ts'
import { card, cell, lines, muted, row, stack, written } from './card.ts'
import type { DotGraph, DotNode } from './dot.ts'
import type { Markup } from './markup.ts'
import { type Accent, accents, palette } from './palette.ts'
import { SANS } from './svg.ts'
import { wrap } from './wrap.ts'

/** Points; characters that fit the column of values at its size. */
const LABEL = 128
const WIDTH = 520
const COLUMNS = 68
const PATH_COLUMNS = 60

/** A request's way as a chain of cards, from the viewer down. */
export function wayDot({ method, scheme, host, target }: Asked, hops: readonly Hop[]): DotGraph {
  const path = target.split('?', 1)[0] ?? target
  const viewer: DotNode = {
    id: 'viewer',
    attributes: {
      ...{ shape: 'box', style: 'rounded,filled', margin: '0.14,0.09' },
      ...{ color: palette.line.light, fillcolor: palette.card.light },
      label: stack(
        lines(muted(`${method} ${scheme}://${host}`)),
        lines(...wrap(path, PATH_COLUMNS).map((line) => written(line, { mono: true, size: 13 }))),
      ),
    },
  }
  const ids = ['viewer', ...hops.map((_hop, i) => `h${i + 1}`)]
  return {
    attributes: { rankdir: 'TB', bgcolor: palette.ground.light, pad: 0.35, ranksep: 0.35, fontname: SANS },
    node: { shape: 'plain', fontname: SANS },
    edge: { color: palette.arrow.light, penwidth: 1.4, arrowsize: 0.8 },
    nodes: [
      viewer,
      ...hops.map((hop, i) => ({
        id: `h${i + 1}`,
        attributes: { label: hopCard(factsOf(hop), accentOf(hop), i + 1) },
      })),
    ],
    edges: ids.slice(1).map((id, i) => ({ from: [ids[i] ?? id], to: [id], attributes: {} })),
    ranks: [],
  }
}

function accentOf(hop: Hop): Accent {
  switch (hop.kind) {
    case 'distribution':
      return hop.sent !== undefined && hop.sent.refusals.length > 0 ? accents.red : accents.blue
    case 'carried':
    case 'elsewhere':
      return accents.amber
    case 'answered':
      return accents.green
    case 'ended':
      return hop.status >= 400 ? accents.red : accents.amber
  }
}

function hopCard({ title, facts }: HopFacts, accent: Accent, number: number): Markup {
  return card(
    { accent, columns: 2, title: `${number}  ${title}`, facts: [], width: WIDTH },
    facts.filter(({ minor }) => minor !== true).map(factRow),
  )
}

function factRow({ label, value, tone }: Fact): Markup {
  const colour = tone === 'bad' ? accents.red.strong : tone === 'good' ? accents.green.strong : palette.text.light
  return row(
    cell({ VALIGN: 'TOP', CELLPADDING: 4, WIDTH: LABEL }, ...lines(muted(label))),
    cell(
      { CELLPADDING: 4, WIDTH: WIDTH - LABEL },
      ...lines(...wrap(value, COLUMNS).map((line) => written(line, { size: 11, colour }))),
    ),
  )
}
