import { card, cell, lines, muted, row, stack, written } from './card.ts'
import type { DotEdge, DotGraph, DotNode } from './dot.ts'
import type { Markup } from './markup.ts'
import { type Accent, accents, palette, zoneAccent } from './palette.ts'
import type { PlannedBehavior, PlannedDistribution, PlannedOrigin, SitePlan } from './site-plan.ts'
import { SANS } from './svg.ts'

/** Points; wide enough for the names of functions and buckets, so that cards of one column are alike. */
const WIDTH = 312

/** A site's plan as a graph: public names, distributions with their behaviours, origins, from left to right. */
export function siteDot({ distributions, origins, carries }: SitePlan): DotGraph {
  const zoneOfOrigin = new Map(origins.map(({ id, zoneIndex }) => [id, zoneIndex]))
  return {
    attributes: {
      rankdir: 'LR',
      bgcolor: palette.ground.light,
      pad: 0.35,
      nodesep: 0.28,
      ranksep: 1.3,
      outputorder: 'edgesfirst',
      fontname: SANS,
    },
    node: { shape: 'plain', fontname: SANS },
    edge: { color: palette.arrow.light, penwidth: 1.2, arrowsize: 0.7, fontname: SANS },
    nodes: [
      ...distributions.flatMap((one) => [names(one), distribution(one)]),
      ...origins.map((one) => ({ id: one.id, attributes: { label: origin(one) } })),
    ],
    edges: [
      ...below(distributions.map(({ id }) => id)),
      ...below(origins.map(({ id }) => id)),
      ...distributions.map(
        ({ id }): DotEdge => ({ from: [`n${id}`], to: [id, 'head', 'w'], attributes: { weight: 20 } }),
      ),
      ...distributions.flatMap((one) =>
        one.behaviors.flatMap((behavior): DotEdge[] => {
          if (behavior.origin === undefined) return []
          const colour = zoneAccent(zoneOfOrigin.get(behavior.origin) ?? 0).strong
          return [
            {
              from: [one.id, `b${behavior.number}`, 'e'],
              to: [behavior.origin, 'head', 'w'],
              attributes: { color: colour },
            },
          ]
        }),
      ),
      ...carries.map(
        (carry): DotEdge => ({
          from: [carry.origin, 'proxy', 'w'],
          to: [carry.distribution, 'head', 'e'],
          attributes: { color: accents.amber.strong, style: 'dashed', penwidth: 1.8, constraint: 'false' },
        }),
      ),
    ],
    ranks: [distributions.map(({ id }) => `n${id}`), distributions.map(({ id }) => id), origins.map(({ id }) => id)],
  }

  function origin(one: PlannedOrigin): Markup {
    const carried = carries.filter((carry) => carry.origin === one.id)
    return originCard(
      one,
      carried.map(({ distribution: to, patterns }) => ({
        zone: distributions.find(({ id }) => id === to)?.zone ?? to,
        patterns,
      })),
    )
  }
}

/** Nodes of one column keep their order. */
function below(ids: readonly string[]): readonly DotEdge[] {
  return ids.slice(1).map((id, i) => ({ from: [ids[i] ?? id], to: [id], attributes: { style: 'invis' } }))
}

function names({ id, names: all, zone, zoneIndex }: PlannedDistribution): DotNode {
  const { strong, soft } = zoneAccent(zoneIndex)
  const label = stack(
    lines(...all.map((name) => written(name, { colour: strong, bold: true, size: 13 }))),
    ...(zone === undefined ? [] : [lines(muted(`zone ${zone}`))]),
  )
  return {
    id: `n${id}`,
    attributes: {
      shape: 'box',
      style: 'rounded,filled',
      margin: '0.12,0.08',
      color: strong,
      fillcolor: soft,
      label,
    },
  }
}

function distribution(one: PlannedDistribution): DotNode {
  const accent: Accent = zoneAccent(one.zoneIndex)
  const facts = [
    `CloudFront distribution ${one.name}`,
    one.firewall === undefined ? 'no firewall' : `firewall ${one.firewall}`,
    ...(one.functions.length === 0
      ? []
      : ['on every behaviour:', ...one.functions.map((name) => `  function ${name}`)]),
  ]
  const title = one.zone ?? one.name
  return {
    id: one.id,
    attributes: { label: card({ accent, columns: 3, title, facts, width: WIDTH }, one.behaviors.map(behaviorRow)) },
  }
}

function behaviorRow({
  number,
  pattern,
  cachePolicy,
  originRequestPolicy,
  origin,
  functions,
}: PlannedBehavior): Markup {
  const caches = cachePolicy !== 'CachingDisabled'
  return row(
    cell({ ALIGN: 'RIGHT' }, muted(String(number), 12)),
    cell({}, written(pattern, { mono: true, size: 13 })),
    cell(
      { PORT: `b${number}` },
      ...lines(
        written(cachePolicy, { size: 11, colour: caches ? accents.green.strong : palette.text.light }),
        muted(originRequestPolicy ?? 'no origin request policy'),
        ...functions.map((name) => muted(`function ${name}`)),
        ...(origin === undefined ? [written('no such origin', { size: 11, colour: accents.red.strong })] : []),
      ),
    ),
  )
}

interface Carried {
  readonly zone: string
  readonly patterns: readonly string[]
}

function originCard({ name, zoneIndex, behind }: PlannedOrigin, carried: readonly Carried[]): Markup {
  const accent = zoneAccent(zoneIndex)
  const facts = [
    muted(behind.qualifier === undefined ? behind.kind : `${behind.kind}, alias ${behind.qualifier}`),
    written(behind.name, { size: 11 }),
    muted(behind.access),
  ]
  return card({ accent, columns: 1, title: name, facts: [], width: WIDTH }, [
    row(cell({}, ...lines(...facts))),
    ...carried.map(({ zone, patterns }) =>
      row(
        cell(
          { PORT: 'proxy', BGCOLOR: accents.amber.soft },
          stack(
            lines(written(`its proxy carries to zone ${zone}`, { size: 11, bold: true, colour: accents.amber.strong })),
            lines(...patterns.map((pattern) => written(pattern, { mono: true, size: 11 }))),
          ),
        ),
      ),
    ),
  ])
}
