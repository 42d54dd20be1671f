import type { PlannedBehavior, PlannedDistribution, PlannedOrigin, SitePlan } from './site-plan.ts'

/** Pixels before Mermaid breaks a line of a label by itself. */
const WRAPPING = '%%{init: {"flowchart": {"wrappingWidth": 560}}}%%'

/**
 * A site's plan as a Mermaid flow chart: names, distributions that list their behaviours in order, origins. An arrow
 * to an origin carries the numbers of the behaviours that lead there.
 */
export function siteMermaid({ title, distributions, origins, carries }: SitePlan): string {
  return [
    WRAPPING,
    'flowchart LR',
    `  accTitle: ${plainTitle(title)}`,
    ...distributions.flatMap((one) => [
      `  n${one.id}(["${label(...one.names)}"])`,
      `  ${one.id}["${label(...headOf(one), ...one.behaviors.map(behaviorLine))}"]`,
      `  n${one.id} --> ${one.id}`,
    ]),
    ...origins.map((one) => `  ${one.id}${shape(one)}`),
    ...distributions.flatMap((one) => origins.flatMap((origin) => arrow(one, origin))),
    ...carries.map((carry) => `  ${carry.origin} -. "${label("the host's proxy carries")}" .-> n${carry.distribution}`),
  ].join('\n')
}

function headOf({ name, zone, firewall, functions }: PlannedDistribution): readonly string[] {
  return [
    zone === undefined ? name : `${zone}: ${name}`,
    firewall === undefined ? 'no firewall' : `firewall ${firewall}`,
    ...functions.map((one) => `function ${one}`),
  ]
}

function behaviorLine({ number, pattern, cachePolicy, originRequestPolicy, origin, functions }: PlannedBehavior) {
  const policies = [
    cachePolicy,
    originRequestPolicy ?? 'no origin request policy',
    ...functions.map((one) => `function ${one}`),
  ]
  return `${number}: ${pattern} - ${policies.join(', ')}${origin === undefined ? ', no such origin' : ''}`
}

function arrow({ id, behaviors }: PlannedDistribution, origin: PlannedOrigin): readonly string[] {
  const numbers = behaviors.filter((one) => one.origin === origin.id).map(({ number }) => number)
  return numbers.length === 0 ? [] : [`  ${id} -- "${numbers.join(', ')}" --> ${origin.id}`]
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

/** A title knows no entities and ends at a semicolon. */
function plainTitle(title: string): string {
  return oneLine(title).replace(/[^A-Za-z0-9 /.,:_-]/g, '_')
}

function oneLine(plain: string): string {
  return plain.toWellFormed().replace(/\s+/g, ' ')
}
