import {
  ConfigurationError,
  type ConfigurationProblem,
  type Distribution,
  readDistributions,
  readTemplate,
  type Template,
} from '@sax/edge/config'
import { AccountFactsError } from '@sax/infra/account-facts'
import { isStage, type RoutingMode, type Stage, stageNames, stages, type ZoneName, zones } from '@sax/topology'
import { siteTemplate } from '@sax/topology/cloudfront'
import { type Files, fileTrouble } from './files.ts'

/** The distributions to speak about, and what is known around them. */
export interface Site {
  /** As a title: `production, host routing`, or the file's name. */
  readonly label: string
  /** Undefined: somebody else's site. Zones, the host's proxy and log groups are only known for stages. */
  readonly stage: Stage | undefined
  /** Undefined: the distributions come from a file, whose behaviours speak for themselves. */
  readonly routing: RoutingMode | undefined
  readonly distributions: readonly [Distribution, ...Distribution[]]
  /** Undefined: a live configuration, which holds no resources beside the distribution. */
  readonly template: Template | undefined
  /** What of the file could not be honoured. */
  readonly problems: readonly ConfigurationProblem[]
}

export interface SiteArguments {
  readonly stage?: string | undefined
  /** Default: the stage's own. */
  readonly routing?: string | undefined
  /** A CloudFormation template or a live configuration, in place of the stage's compiled one. */
  readonly distribution?: string | undefined
}

/** The routing that a stage is to have. @throws AccountFactsError when nobody can say */
export type OwnRouting = (stage: Stage) => RoutingMode

export type ReadSite = { readonly kind: 'site'; readonly site: Site } | BadInput

interface BadInput {
  readonly kind: 'bad-input'
  readonly reason: string
}

/**
 * The site of a stage, or of a file. What cannot be read is said in a sentence that tells what to do.
 * @param ownRouting of a stage whose routing nobody names
 */
export function readSite(
  { stage, routing, distribution }: SiteArguments,
  files: Files,
  ownRouting: OwnRouting,
): ReadSite {
  if (stage !== undefined && !isStage(stage)) {
    return badInput(`There is no stage "${stage}". Stages: ${stageNames.join(', ')}.`)
  }
  if (routing !== undefined && routing !== 'host' && routing !== 'edge') return badInput('--routing is host or edge.')
  if (distribution === undefined) {
    if (stage === undefined) return badInput(`Give a stage (${stageNames.join(', ')}) or --distribution FILE.`)
    try {
      return { kind: 'site', site: siteOfStage(stage, routing ?? ownRouting(stage)) }
    } catch (error) {
      if (error instanceof AccountFactsError) return badInput(error.message)
      throw error
    }
  }
  if (routing !== undefined) {
    return badInput("Leave --routing out: the file's own behaviours say where requests go.")
  }
  let content: string
  try {
    content = files.read(distribution)
  } catch (error) {
    return badInput(
      `Cannot read ${distribution}: ${fileTrouble(error)}. Give a template or a distribution's configuration.`,
    )
  }
  try {
    return { kind: 'site', site: siteOfFile(content, distribution, stage) }
  } catch (error) {
    if (error instanceof ConfigurationError) return badInput(sentence(error.message))
    throw error
  }
}

/** The site that a stage's template makes. */
export function siteOfStage(stage: Stage, routing: RoutingMode): Site {
  const text = JSON.stringify(siteTemplate(stage, routing))
  return { ...contentOf(text, `template of ${stage}`), label: `${stage}, ${routing} routing`, stage, routing }
}

function siteOfFile(content: string, fileName: string, stage: Stage | undefined): Site {
  return { ...contentOf(content, fileName), label: fileName, stage, routing: undefined }
}

function contentOf(content: string, fileName: string): Pick<Site, 'distributions' | 'template' | 'problems'> {
  const { distributions, problems } = readDistributions(content, { fileName, unknownPolicy: 'collect' })
  return { distributions, problems, template: templateIn(content, fileName) }
}

/** The distributions have been read: all that can still be is that there is no template around them. */
function templateIn(content: string, fileName: string): Template | undefined {
  try {
    return readTemplate(content, { fileName })
  } catch (error) {
    if (error instanceof ConfigurationError && error.code === 'not_a_configuration') return undefined
    throw error
  }
}

/** The zone whose public name a distribution answers to. */
export function zoneOf(
  { stage }: Pick<Site, 'stage'>,
  { aliases }: Pick<Distribution, 'aliases'>,
): ZoneName | undefined {
  if (stage === undefined) return undefined
  return zones.find(({ name }) => aliases.includes(stages[stage].domains[name].name))?.name
}

function badInput(reason: string): BadInput {
  return { kind: 'bad-input', reason }
}

function sentence(message: string): string {
  return message.endsWith('.') ? message : `${message}.`
}
