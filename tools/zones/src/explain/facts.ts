import type { Asked } from './asked.ts'
import type { AnsweredHop, CacheVerdict, DistributionHop, FunctionStep, Hop } from './hop.ts'
import type { Site } from './site.ts'

/** A hop as people read it, in the terminal and in the picture. */
export interface HopFacts {
  readonly kind: Hop['kind']
  readonly title: string
  readonly facts: readonly Fact[]
}

export interface Fact {
  readonly label: string
  readonly value: string
  /** `bad`: the request fails here, or should. */
  readonly tone?: 'good' | 'bad'
  /** Left out of the picture: it decides nothing about this request. */
  readonly minor?: boolean
}

/** The request, without its query. */
export function askedTitle({ method, scheme, host, target }: Asked, { label }: Pick<Site, 'label'>): string {
  return `${method} ${scheme}://${host}${target.split('?', 1)[0]}   (${label})`
}

export function factsOf(hop: Hop): HopFacts {
  const { kind } = hop
  switch (hop.kind) {
    case 'distribution':
      return { kind, title: `distribution ${hop.id}`, facts: distributionFacts(hop) }
    case 'carried':
      return {
        kind,
        title: `the host's proxy carries it to zone ${hop.zone}`,
        facts: [
          { label: 'routing table', value: hop.pattern },
          { label: 'to', value: hop.to },
          { label: 'token', value: hop.token },
          ...(hop.set.length === 0 ? [] : [{ label: 'sets', value: hop.set.join(', ') }]),
          listed('dropped', hop.dropped),
        ],
      }
    case 'answered':
      return { kind, title: `answered by ${hop.name}`, facts: answerFacts(hop) }
    case 'ended':
      return {
        kind,
        title: `ends with ${hop.status}`,
        facts: [
          { label: 'why', value: hop.reason, tone: hop.status >= 400 ? 'bad' : 'good' },
          { label: 'by', value: hop.by ?? 'CloudFront: no distribution has this host name' },
        ],
      }
    case 'elsewhere':
      return {
        kind,
        title: `goes on at ${hop.host}`,
        facts: [{ label: 'why', value: 'no distribution in this configuration answers to that name' }],
      }
  }
}

function distributionFacts(hop: DistributionHop): readonly Fact[] {
  const { behavior, policies, sent } = hop
  return [
    { label: 'asked as', value: hop.zone === undefined ? hop.host : `${hop.host} (zone ${hop.zone})` },
    { label: 'firewall', value: hop.firewall ?? 'none', minor: true },
    { label: 'behaviour', value: `${behavior.number} of ${behavior.count}   ${behavior.pathPattern}` },
    listed('tried before', behavior.triedBefore),
    ...(hop.viewerRequest === undefined ? [] : functionFacts(hop.viewerRequest)),
    { label: 'cache policy', value: policies.cache },
    ...(hop.cache === undefined ? [] : cacheFacts(hop.cache)),
    { label: 'origin request policy', value: policies.originRequest ?? 'none: only the cache key is forwarded' },
    ...(sent === undefined
      ? []
      : [
          { label: 'forwarded', value: sent.forwarded.join(', ') || 'nothing of the viewer' },
          listed('dropped', sent.dropped),
          { label: 'asks', value: `${sent.origin} for ${sent.path}${sent.hasQuery ? ' with a query' : ''}` },
        ]),
    ...(sent?.refusals ?? []).map((why): Fact => ({ label: 'would refuse', value: why, tone: 'bad' })),
    { label: 'on the way back', value: wayBack(hop), minor: true },
    ...hop.notes.map((note): Fact => ({ label: 'note', value: note, tone: 'bad' })),
  ]
}

function listed(label: string, names: readonly string[]): Fact {
  return { label, value: names.join(', ') || 'nothing', minor: names.length === 0 }
}

function wayBack({ policies, viewerResponse }: DistributionHop): string {
  const steps = [
    ...(policies.responseHeaders === undefined ? [] : [`response headers policy ${policies.responseHeaders}`]),
    ...(viewerResponse === undefined ? [] : [`function ${viewerResponse}`]),
  ]
  return steps.join(', ') || 'nothing is changed'
}

function functionFacts(step: FunctionStep): readonly Fact[] {
  const changes = [
    ...(step.newPath === undefined ? [] : [`path becomes ${step.newPath}`]),
    ...(step.queryChanged ? ['changes the query'] : []),
    ...(step.headersSet.length === 0 ? [] : [`sets ${step.headersSet.join(', ')}`]),
    ...(step.headersRemoved.length === 0 ? [] : [`removes ${step.headersRemoved.join(', ')}`]),
  ]
  return [
    { label: 'function', value: step.name },
    { label: 'its change', value: step.outcome === 'changed' ? changes.join('; ') : OUTCOMES[step.outcome] },
  ]
}

const OUTCOMES: Readonly<Record<Exclude<FunctionStep['outcome'], 'changed'>, string>> = {
  unchanged: 'none',
  answered: 'it answers by itself',
  failed: 'it fails',
  'not run': 'it is not asked',
  unknown: 'unknown: its source is not in this configuration',
}

function cacheFacts({ stored, why, key, minTtlSec, defaultTtlSec, maxTtlSec }: CacheVerdict): readonly Fact[] {
  if (!stored) return [{ label: 'cache', value: `never stored: ${why}` }]
  return [
    { label: 'cache', value: 'may be stored', tone: 'good' },
    { label: 'key', value: key.join(', ') },
    {
      label: 'lifetime',
      value: `at least ${duration(minTtlSec)}, at most ${duration(maxTtlSec)}; ${duration(defaultTtlSec)} when the origin says nothing`,
    },
  ]
}

/** `31536000 s (365 days)`, with the words where they help. */
function duration(sec: number): string {
  if (sec >= 86_400 && sec % 86_400 === 0) return `${sec} s (${sec / 86_400} ${sec === 86_400 ? 'day' : 'days'})`
  return `${sec} s`
}

function answerFacts({ origin, behind, qualifier, access, logGroup }: AnsweredHop): readonly Fact[] {
  return [
    { label: 'origin', value: origin },
    { label: 'kind', value: qualifier === undefined ? behind : `${behind}, alias ${qualifier}` },
    { label: 'access', value: access },
    ...(logGroup === undefined ? [] : [{ label: 'log group', value: logGroup }]),
  ]
}
