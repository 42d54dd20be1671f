import type { PlannedDistribution, PlannedOrigin, SitePlan } from './site-plan.ts'

/** A site's plan as a Mermaid flow chart: names, distributions with their behaviours in order, origins. */
export function siteMermaid({ title, distributions, origins, carries }: SitePlan): string {
  return [
    'flowchart LR',
    `  accTitle: ${oneLine(title)}`,
    ...distributions.flatMap(distributionLines),
    ...origins.map((one) => `  ${one.id}${shape(one)}`),
    ...distributions.flatMap(({ id, behaviors }) =>
      behaviors.flatMap(({ number, origin }) => (origin === undefined ? [] : [`  ${id}b${number} --> ${origin}`])),
    ),
    ...carries.map(
      ({ origin, distribution }) => `  ${origin} -. "${label("the host's proxy carries")}" .-> n${distribution}`,
    ),
  ].join('\n')
}

function distributionLines({ id, name, zone, names, firewall, functions, behaviors }: PlannedDistribution) {
  const head = [
    zone === undefined ? name : `${zone}: ${name}`,
    firewall === undefined ? 'no firewall' : `firewall ${firewall}`,
    ...(functions.length === 0 ? [] : [`functions ${functions.join(', ')}`]),
  ]
  return [
    `  n${id}(["${label(...names)}"])`,
    `  subgraph ${id}["${label(...head)}"]`,
    // A subgraph that an arrow leads into ignores its own direction: behaviours are kept in order by invisible links.
    ...behaviors.map(({ number, pattern, cachePolicy, originRequestPolicy, functions: own }) => {
      const policies = [cachePolicy, originRequestPolicy ?? 'no origin request policy'].join(', ')
      return `    ${id}b${number}["${label(`${number}: ${pattern}`, policies, ...own)}"]`
    }),
    '  end',
    `  n${id} --> ${id}`,
  ]
}

function shape({ name, behind }: PlannedOrigin): string {
  const written = label(name, `${behind.kind} ${behind.name}`, behind.access)
  return behind.kind === 'S3 bucket' ? `[("${written}")]` : `["${written}"]`
}

function label(...parts: readonly string[]): string {
  return parts.map(escapedForMermaid).join('<br/>')
}

/**
 * Text inside a quoted label. Mermaid reads quotes, `#`, `;`, emphasis and HTML in it; all but plain characters become
 * entities, which it writes `#42;`. @source Mermaid documentation, "Flowcharts - Basic Syntax", special characters
 */
export function escapedForMermaid(plain: string): string {
  return oneLine(plain).replace(/[^A-Za-z0-9 /.,()-]/gu, (character) => `#${character.codePointAt(0)};`)
}

function oneLine(plain: string): string {
  return plain.toWellFormed().replace(/\s+/g, ' ')
}
