import type { Finding } from '../finding.ts'
import type { InspectedDistribution, LintModel } from '../model.ts'
import { telling } from '../territory.ts'
import { atDistribution, inProject, isBackend, type Rule } from './rule.ts'

const LOCAL = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|[\w-]+\.(?:localhost|local|test|internal))(?::\d+)?$/

/** Production once answered from the development API: a default, a copied name. */
export const foreignStageHost: Rule = (model) => [
  ...model.distributions.flatMap((one) => inDistribution(one, model)),
  ...model.distributions.flatMap((one) => inTemplate(one, model)),
  ...inProjects(model),
]

function inDistribution(one: InspectedDistribution, { names }: LintModel): readonly Finding[] {
  const { stage } = one
  if (stage === undefined) return []
  const named = [
    ...one.distribution.aliases.map((host) => ({ host, as: 'alias' })),
    ...[...one.distribution.origins.values()].map((origin) => ({
      host: origin.domainName + origin.originPath,
      as: `origin ${origin.id}`,
    })),
  ]
  return named.flatMap(({ host, as }): Finding[] => {
    const other = stageOf(host, names)
    if (other === undefined || other === stage) return []
    return [
      atDistribution('foreign-stage-host', 'error', one, {
        witness: '/',
        why: `${as} ${host} belongs to stage ${other}; this distribution answers for ${stage}.`,
        fix: `Name the host of stage ${stage}; take names from the topology.`,
      }),
    ]
  })
}

function inTemplate(one: InspectedDistribution, { names, templates }: LintModel): readonly Finding[] {
  const { stage } = one
  if (stage === undefined) return []
  const foreign = [...names.stageOf].filter(([, owner]) => owner !== stage)
  return templates
    .filter(({ file }) => file === one.file)
    .flatMap(({ file, resources }) =>
      resources
        .filter(({ type }) => type !== 'AWS::CloudFront::Distribution')
        .flatMap(({ logicalId, properties }) => {
          const text = JSON.stringify(properties)
          return foreign
            .filter(([host]) => mentions(text, host))
            .map(
              ([host, owner]): Finding => ({
                rule: 'foreign-stage-host',
                severity: 'error',
                witness: '/',
                file,
                where: `${file}: ${logicalId}`,
                why: `Names ${host} of stage ${owner}; the template is of stage ${stage}.`,
                fix: `Name the host of stage ${stage}, and no default that belongs to another.`,
              }),
            )
        }),
    )
}

function inProjects(model: LintModel): readonly Finding[] {
  return model.hosts.flatMap((host) =>
    host.claims.flatMap(({ place, destination, takes, pattern }): Finding[] => {
      const fallback = destination.defaultHost
      const literal = destination.host?.startsWith('$') ? undefined : destination.host
      const named = fallback ?? literal
      if (named === undefined || LOCAL.test(named)) return []
      const stage = stageOf(named, model.names) ?? (isBackend(named, model) ? 'one stage' : undefined)
      if (stage === undefined && fallback === undefined) return []
      const witness = telling({ takes }, model.zones)
      return [
        inProject('foreign-stage-host', stage === undefined ? 'warning' : 'error', host, place, {
          witness: witness ?? pattern,
          why:
            fallback === undefined
              ? `${named} belongs to ${stage}; every stage this is built for sends its requests there.`
              : `Without ${destination.variables.join(', ')} it falls back to ${named}, which belongs to ${stage ?? 'one stage alone'}.`,
          fix: 'Read the name at run time, and refuse to start without it.',
        }),
      ]
    }),
  )
}

function stageOf(host: string, { stageOf: known }: LintModel['names']): string | undefined {
  return [...known].find(([name]) => host === name || host.startsWith(`${name}/`))?.[1]
}

function mentions(text: string, host: string): boolean {
  return new RegExp(`(?<![\\w.-])${host.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\w-]|\\.\\w)`).test(text)
}
