import { siteDot } from '../diagram/site-dot.ts'
import { siteMermaid } from '../diagram/site-mermaid.ts'
import { type SitePlan, sitePlan } from '../diagram/site-plan.ts'
import { svg } from '../diagram/svg.ts'
import { type Files, fileTrouble } from '../explain/files.ts'
import { type OwnRouting, readSite, type SiteArguments } from '../explain/site.ts'
import type { Outcome } from '../outcome.ts'

export interface GraphArguments extends SiteArguments {
  /** Default: what the name of `out` ends with, else Mermaid. */
  readonly format?: string | undefined
  /** File to write; default: standard output. */
  readonly out?: string | undefined
}

/** A stage, or somebody's configuration, as a diagram: public names, distributions with their behaviours, origins. */
export async function graph(arguments_: GraphArguments, files: Files, ownRouting: OwnRouting): Promise<Outcome> {
  const { out, format = out?.endsWith('.svg') ? 'svg' : 'mermaid' } = arguments_
  if (format !== 'mermaid' && format !== 'svg') return badInput('--format is mermaid or svg.')
  const read = readSite(arguments_, files, ownRouting)
  if (read.kind === 'bad-input') return read
  const plan = sitePlan(read.site)
  const drawn = format === 'svg' ? await svg(siteDot(plan), captionOf(plan)) : siteMermaid(plan)
  if (out === undefined) return { kind: 'done', text: drawn }
  try {
    files.write(out, drawn.endsWith('\n') ? drawn : `${drawn}\n`)
  } catch (error) {
    return badInput(`Cannot write ${out}: ${fileTrouble(error)}. Give another --out, or none to print the diagram.`)
  }
  return { kind: 'done', text: `Wrote ${out}` }
}

function captionOf({ title, distributions, carries }: SitePlan) {
  const each = distributions.map(({ zone, name, names, behaviors }) => {
    return `${zone ?? name} answers to ${names.join(' and ')} with ${behaviors.length} behaviours`
  })
  const proxy = carries.length > 0 ? ["the host's proxy carries the zone's paths to the zone's own name"] : []
  return { title, description: `${[...each, ...proxy].join('; ')}.` }
}

function badInput(reason: string): Outcome {
  return { kind: 'bad-input', reason }
}
