import { isStage, type RoutingMode, type Stage } from '@sax/topology'
import { readOtherSite } from '../lint/input/other-site.ts'
import { deployedStages } from '../lint/input/own-names.ts'
import { readOwnSite } from '../lint/input/own-site.ts'
import { UnreadableInput } from '../lint/input/unreadable-input.ts'
import { judge } from '../lint/judge.ts'
import type { LintModel } from '../lint/model.ts'
import { asJson } from '../lint/report/as-json.ts'
import { asSarif } from '../lint/report/as-sarif.ts'
import { asText, type Palette } from '../lint/report/as-text.ts'
import { summaryOf } from '../lint/report/summary.ts'
import type { Outcome } from '../outcome.ts'

export interface LintArguments {
  /** A zones.json: somebody else's site. Absent: the site of this repository. */
  readonly config?: string | undefined
  readonly host?: string | undefined
  readonly distributions: readonly string[]
  readonly stage?: string | undefined
  readonly routing?: string | undefined
  readonly format: 'text' | 'json' | 'sarif'
}

export interface LintPorts {
  /** Root of the repository, and the folder that paths are typed in. */
  readonly root: string
  readonly from: string
  readonly palette: Palette
}

const ROUTINGS: readonly RoutingMode[] = ['host', 'edge']

/** Who owns every declared path, and every mistake on the way there. Exit 0 clean, 1 with findings, 2 unreadable. */
export async function lint(arguments_: LintArguments, ports: LintPorts): Promise<Outcome> {
  const asked = modelOf(arguments_, ports)
  if (typeof asked === 'string') return { kind: 'bad-input', reason: asked }
  let model: LintModel
  try {
    model = await asked()
  } catch (error) {
    if (error instanceof UnreadableInput) return { kind: 'bad-input', reason: error.message }
    throw error
  }
  const findings = judge(model)
  const summary = summaryOf(findings, model)
  const text =
    arguments_.format === 'json'
      ? asJson(findings, summary)
      : arguments_.format === 'sarif'
        ? asSarif(findings)
        : asText(findings, summary, ports.palette)
  return findings.length === 0 ? { kind: 'done', text } : { kind: 'failed', text, reason: '' }
}

/** What to read, or why it makes no sense. */
function modelOf(arguments_: LintArguments, { root, from }: LintPorts): (() => Promise<LintModel>) | string {
  const { config, host, distributions, stage, routing } = arguments_
  if (config !== undefined) {
    if (stage !== undefined || routing !== undefined)
      return '--stage and --routing are of this site; leave out --config.'
    if (host === undefined && distributions.length === 0) {
      return 'There is nothing to judge: give --host DIR, --distribution FILE, or both.'
    }
    return () => readOtherSite({ from, config, host, distributions })
  }
  if (host !== undefined || distributions.length > 0) return 'Say with --config zones.json which zones these are of.'
  if (stage !== undefined && !isStage(stage)) {
    return `There is no stage "${stage}". Stages: ${deployedStages.join(', ')}.`
  }
  if (routing !== undefined && routing !== 'host' && routing !== 'edge') return '--routing is host or edge.'
  const stages: readonly Stage[] = stage === undefined ? deployedStages : [stage]
  return () => readOwnSite({ root, stages, routings: routing === undefined ? ROUTINGS : [routing] })
}
