import { stageNames, stages } from '@sax/topology'
import { svg } from '../diagram/svg.ts'
import { wayDot } from '../diagram/way-dot.ts'
import { type AskedArguments, askedFrom } from '../explain/asked.ts'
import { askedTitle, factsOf } from '../explain/facts.ts'
import { type Files, fileTrouble } from '../explain/files.ts'
import { type OwnRouting, readSite, type Site, type SiteArguments } from '../explain/site.ts'
import { decidingEdge, wayOf } from '../explain/way.ts'
import { wayText } from '../explain/way-text.ts'
import type { Outcome } from '../outcome.ts'

/** Default stage: the one that has the URL's host name. */
export interface ExplainArguments extends AskedArguments, SiteArguments {
  readonly json: boolean
  /** A file to draw the way into; `true`: draw it to standard output in place of the text. */
  readonly svg?: string | true | undefined
}

/** A request's way through the site, hop by hop, as text, JSON or a picture. Needs no running site. */
export async function explain(arguments_: ExplainArguments, files: Files, ownRouting: OwnRouting): Promise<Outcome> {
  const asked = askedFrom(arguments_)
  if (typeof asked === 'string') return badInput(asked)
  if (arguments_.json && arguments_.svg === true) return badInput('Give --svg a FILE, or leave --json out.')
  const stage = arguments_.stage ?? stageOf(asked.host)
  if (stage === undefined && arguments_.distribution === undefined) {
    return badInput(`No stage has the name ${asked.host}. Say which one is meant with --stage ${stageNames.join('|')}.`)
  }
  const read = readSite({ ...arguments_, stage }, files, ownRouting)
  if (read.kind === 'bad-input') return read
  const { site } = read
  const edge = edgeOf(site, asked.scheme)
  if (typeof edge === 'string') return badInput(edge)
  const hops = await wayOf(asked, site, edge)

  if (arguments_.svg !== undefined) {
    const titles = hops.map((hop) => factsOf(hop).title)
    const caption = { title: askedTitle(asked, site), description: `Hop by hop: ${titles.join('; ')}.` }
    const picture = await svg(wayDot(asked, hops), caption)
    if (arguments_.svg === true) return { kind: 'done', text: picture }
    try {
      files.write(arguments_.svg, picture)
    } catch (error) {
      return badInput(`Cannot write ${arguments_.svg}: ${fileTrouble(error)}. Give --svg another file.`)
    }
  }
  if (!arguments_.json) return { kind: 'done', text: wayText(asked, site, hops) }
  return { kind: 'done', text: JSON.stringify({ stage, routing: site.routing, hops }, null, 2) }
}

/** A file may hold what CloudFront would not take; a stage's own template may not, and then it is our mistake. */
function edgeOf(site: Site, scheme: 'http' | 'https'): ReturnType<typeof decidingEdge> | string {
  try {
    return decidingEdge(site, scheme)
  } catch (error) {
    if (site.routing !== undefined || !(error instanceof Error)) throw error
    return `CloudFront would not take this configuration: ${error.message}. Correct it in ${site.label}.`
  }
}

/** The stage whose distributions answer to a host name; a rehearsal has the laptop's names and must be asked for. */
function stageOf(host: string): string | undefined {
  return stageNames.find((stage) =>
    Object.values(stages[stage].domains).some(({ name, aliases }) => [name, ...aliases].includes(host)),
  )
}

function badInput(reason: string): Outcome {
  return { kind: 'bad-input', reason }
}
