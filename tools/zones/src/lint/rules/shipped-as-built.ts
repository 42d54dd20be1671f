import type { Finding } from '../finding.ts'
import type { HostProject, LintModel } from '../model.ts'
import { inProject } from './rule.ts'

/** The function URL must stream when, and only when, the build's wrapper does. */
export function streamMode(model: LintModel): readonly Finding[] {
  return model.hosts.flatMap((project) => {
    const built = project.openNext?.wrapper
    if (built === undefined) return []
    return urlsOf(project, model).flatMap(({ logicalId, mode }): readonly Finding[] => {
      const answers = mode === 'RESPONSE_STREAM' ? 'streaming' : 'buffered'
      if (answers === built) return []
      return [
        inProject('stream-mode', 'error', { file: project.openNext?.file ?? project.file }, 'wrapper', {
          witness: '/',
          why: `The build answers ${built}, the function URL ${logicalId} expects it ${answers}: pages arrive as JSON, or not at all.`,
          fix: `InvokeMode: ${built === 'streaming' ? 'RESPONSE_STREAM' : 'BUFFERED'} on ${logicalId}, or the other wrapper.`,
        }),
      ]
    })
  })
}

/** A proxy that is built apart runs only where a distribution calls it. */
export function unshippedProxy({ hosts, distributions }: LintModel): readonly Finding[] {
  if (distributions.length === 0) return []
  const isCalled = distributions.some(({ problems }) =>
    problems.some(({ subject }) => subject === 'LambdaFunctionAssociations'),
  )
  if (isCalled) return []
  return hosts.flatMap(({ proxy, openNext, guarded }): readonly Finding[] => {
    if (proxy === undefined || openNext?.isProxyApart !== true) return []
    return [
      inProject('unshipped-proxy', 'error', proxy, '', {
        witness: guarded[0] ?? '/',
        why: `${openNext.file} builds the proxy apart from the server, and no distribution calls it: its checks and headers never run.`,
        fix: 'Leave `external` out, so that the proxy runs in the server function, or associate the function it is built into.',
      }),
    ]
  })
}

/** Function URLs behind the default behaviour of a distribution: what a host's pages are asked from. */
function urlsOf(project: HostProject, { distributions, templates }: LintModel) {
  if (project.role !== 'host') return []
  const names = distributions.flatMap(({ distribution }) => {
    const last = distribution.behaviors.at(-1)
    const origin = last === undefined ? undefined : distribution.origins.get(last.targetOriginId)
    return origin?.kind === 'function-url' ? [origin.domainName] : []
  })
  return templates.flatMap(({ resources }) =>
    resources
      .filter(({ type, logicalId }) => type === 'AWS::Lambda::Url' && names.includes(`${logicalId}.FunctionUrl`))
      .map(({ logicalId, properties }) => ({ logicalId, mode: properties.InvokeMode })),
  )
}
