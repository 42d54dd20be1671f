import { z } from 'zod'
import { configurationDocument } from './configuration-document.ts'
import { ConfigurationError, type ConfigurationProblem, type Report, reportInto } from './configuration-error.ts'
import type { Behavior, CustomErrorResponse, Distribution } from './distribution.ts'
import { liveAsTemplate } from './live-configuration.ts'
import { notesAt } from './notes.ts'
import { type PolicyTables, policyLookup } from './policy-lookup.ts'
import { readBehavior, readPathPattern } from './read-behaviors.ts'
import { readCustomErrorResponses } from './read-custom-error-responses.ts'
import { readFirewall } from './read-firewall.ts'
import { functionLookup } from './read-functions.ts'
import { originShape, readOrigins } from './read-origins.ts'
import { type Resource, type Template, type TemplateOptions, templateOf } from './read-template.ts'
import { flag, list, optionalText, shaped } from './shapes.ts'

export interface ReadOptions extends TemplateOptions {
  /**
   * What to do with ids and settings that cannot be honoured: policies and functions the input does not hold, CORS,
   * Lambda@Edge, signed URLs, origin groups. `throw` (default) for whoever runs the configuration; `collect` for whoever
   * judges it: they become problems, and a placeholder `unknown:<id>` that stores, forwards and changes nothing.
   */
  readonly unknownPolicy?: 'throw' | 'collect'
  /** Policies of the account that the input names and does not hold. */
  readonly policies?: PolicyTables
  /** Sources of CloudFront Functions that the input names and does not hold, by ARN or by name. */
  readonly functions?: Readonly<Record<string, string>>
}

export interface ReadDistributions {
  /** In the input's order. */
  readonly distributions: readonly [Distribution, ...Distribution[]]
  /** Information always; errors only with `collect`. */
  readonly problems: readonly ConfigurationProblem[]
}

/**
 * The distributions of a CloudFormation template (JSON or YAML), or the one that `aws cloudfront get-distribution-config`
 * or `get-distribution` printed, or a bare DistributionConfig. Which of them it is, the text tells.
 * In a template a distribution's id is its logical id and its domain name `LogicalId.DomainName`, unless `known` says
 * better; a live one is called `known.DistributionId` or after its file.
 * @throws ConfigurationError with a closed code, the place and what to do.
 */
export function readDistributions(text: string, options: ReadOptions = {}): ReadDistributions {
  const document = configurationDocument(text, options.fileName ?? '')
  const template = 'Resources' in document ? templateOf(document, options) : liveAsTemplate(document, options)
  const problems: ConfigurationProblem[] = []
  const report = reportInto(problems, options.unknownPolicy ?? 'throw')
  const resources = template.ofType('AWS::CloudFront::Distribution')
  const [first, ...others] = resources.map((resource) => readDistribution(resource, template, options, report))
  if (first === undefined) {
    const sentence = 'holds no AWS::CloudFront::Distribution; give the template that makes the distribution'
    throw new ConfigurationError('no_distribution', options.fileName ?? '', sentence)
  }
  return { distributions: [first, ...others], problems }
}

const config = z.object({
  Enabled: flag,
  Aliases: list(z.string()),
  Origins: list(originShape),
  OriginGroups: list(z.object({ Id: z.string(), Members: list(z.object({ OriginId: z.string() })) })),
  CacheBehaviors: list(z.unknown()),
  DefaultCacheBehavior: z.record(z.string(), z.unknown()),
  CustomErrorResponses: z.unknown().optional(),
  WebACLId: optionalText,
})

/** @source AWS CloudFront Developer Guide, "Quotas": cache behaviors per distribution, which AWS raises on request */
const BEHAVIORS_QUOTA = 75

function readDistribution(resource: Resource, template: Template, options: ReadOptions, report: Report): Distribution {
  const id = resource.logicalId
  const where = `${resource.where}.DistributionConfig`
  const written = shaped(config, resource.properties.DistributionConfig, where)
  const notes = notesAt(report, id, where)
  if (written.CacheBehaviors.length > BEHAVIORS_QUOTA) {
    const sentence = `${written.CacheBehaviors.length} behaviours; an account starts with ${BEHAVIORS_QUOTA} and may ask for more`
    notes.information(String(written.CacheBehaviors.length), '.CacheBehaviors', sentence, 'many_behaviors')
  }
  const origins = readOrigins(written.Origins, { template, distribution: resource, notes })
  const asked = {
    originIds: new Set(origins.keys()),
    groups: new Map(written.OriginGroups.map((group) => [group.Id, group.Members[0]?.OriginId ?? ''])),
    policies: policyLookup(template, options.policies ?? {}),
    functions: functionLookup(template, options.functions ?? {}),
  }
  const listed = written.CacheBehaviors.map((one, i): Behavior => {
    const at = `${where}.CacheBehaviors[${i}]`
    const pathPattern = readPathPattern(one, at)
    return readBehavior(one, { pathPattern, isDefault: false }, asked, notes.forBehavior(pathPattern, at))
  })
  const fallback = readBehavior(
    written.DefaultCacheBehavior,
    { pathPattern: '*', isDefault: true },
    asked,
    notes.forBehavior('*', `${where}.DefaultCacheBehavior`),
  )
  const customErrorResponses: readonly CustomErrorResponse[] = readCustomErrorResponses(
    written.CustomErrorResponses,
    where,
  )
  return {
    id,
    domainName: template.attribute(resource, 'DomainName'),
    enabled: written.Enabled,
    aliases: written.Aliases.map((alias) => alias.toLowerCase()),
    behaviors: [...listed, fallback],
    origins,
    customErrorResponses,
    firewall: readFirewall(template, written.WebACLId, notes),
  }
}
