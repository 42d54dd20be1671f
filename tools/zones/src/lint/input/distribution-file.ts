import { existsSync, readFileSync, statSync } from 'node:fs'
import { ConfigurationError, type PolicyTables, readDistributions, readTemplate } from '@sax/edge/config'
import {
  managedCachePolicies,
  managedOriginRequestPolicies,
  managedResponseHeadersPolicies,
} from '@sax/topology/cloudfront'
import { behaviorClaims } from '../claims.ts'
import type { InspectedDistribution, InspectedTemplate, InspectedZone, KnownNames } from '../model.ts'
import { nearestId } from '../nearest-id.ts'
import { UnreadableInput } from './unreadable-input.ts'

export interface ReadConfiguration {
  readonly distributions: readonly InspectedDistribution[]
  readonly template: InspectedTemplate | undefined
}

const MAX_FILE_BYTES = 8 * 1024 * 1024

/** `mayHaveNone`: a template without a distribution is judged for what else it holds. @throws UnreadableInput */
export function readDistributionFile(
  path: string,
  shown: string,
  zones: readonly InspectedZone[],
  names: KnownNames,
  mayHaveNone = false,
): ReadConfiguration {
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new UnreadableInput(
      `${shown} is not a file; give a CloudFormation template or a distribution's configuration.`,
    )
  }
  if (statSync(path).size > MAX_FILE_BYTES) throw new UnreadableInput(`${shown} is too large to be a template.`)
  return readDistributionText(readFileSync(path, 'utf8'), shown, zones, names, mayHaveNone)
}

/**
 * Distributions and, of a template, its resources. An id that is a misspelt managed policy is judged as that policy,
 * beside being named. @throws UnreadableInput
 */
export function readDistributionText(
  text: string,
  file: string,
  zones: readonly InspectedZone[],
  names: KnownNames,
  mayHaveNone = false,
): ReadConfiguration {
  try {
    const first = readDistributions(text, { fileName: file, unknownPolicy: 'collect' })
    const policies = meantPolicies(first.problems)
    const { distributions } =
      policies === undefined ? first : readDistributions(text, { fileName: file, unknownPolicy: 'collect', policies })
    return {
      distributions: distributions.map((distribution) => ({
        file,
        where: `${file}: ${distribution.id}`,
        distribution,
        claims: behaviorClaims(distribution, zones),
        problems: first.problems.filter(
          (problem) => problem.severity === 'error' && problem.distribution === distribution.id,
        ),
        stage: stageOf(distribution.aliases, names),
      })),
      template: templateIn(text, file),
    }
  } catch (error) {
    const template = emptyHanded(error) ? templateIn(text, file) : undefined
    if (template !== undefined && mayHaveNone) return { distributions: [], template }
    if (error instanceof ConfigurationError) throw new UnreadableInput(`${error.message.replace(/\.?$/, '.')}`)
    throw error
  }
}

function emptyHanded(error: unknown): boolean {
  return error instanceof ConfigurationError && error.code === 'no_distribution'
}

function stageOf(aliases: readonly string[], names: KnownNames): string | undefined {
  return aliases.map((alias) => names.stageOf.get(alias)).find((stage) => stage !== undefined)
}

function templateIn(text: string, file: string): InspectedTemplate | undefined {
  try {
    const { resources } = readTemplate(text, { fileName: file })
    return { file, resources: resources.map(({ logicalId, type, properties }) => ({ logicalId, type, properties })) }
  } catch (error) {
    if (error instanceof ConfigurationError && error.code === 'not_a_configuration') return undefined
    throw error
  }
}

interface Unknown {
  readonly code: string
  readonly subject: string
}

function meantPolicies(problems: readonly Unknown[]): PolicyTables | undefined {
  const meant = <Settings>(code: string, table: Readonly<Record<string, Settings>>) =>
    Object.fromEntries(
      problems.flatMap((problem) => {
        const id = problem.code === code ? nearestId(problem.subject, Object.keys(table)) : undefined
        const settings = id === undefined ? undefined : table[id]
        return settings === undefined ? [] : [[problem.subject, settings] as const]
      }),
    )
  const cache = meant('unknown_cache_policy', managedCachePolicies)
  const originRequest = meant('unknown_origin_request_policy', managedOriginRequestPolicies)
  const responseHeaders = meant('unknown_response_headers_policy', managedResponseHeadersPolicies)
  const any = [cache, originRequest, responseHeaders].some((table) => Object.keys(table).length > 0)
  return any ? { cache, originRequest, responseHeaders } : undefined
}
