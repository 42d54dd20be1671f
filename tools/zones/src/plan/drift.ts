import type { PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation'
import { differences } from './differences.ts'

/** Something that is not as the stack's template has it. */
export interface DriftFinding {
  /** Which part of the resource, in words: `behaviour /outreach/*: CachePolicyId`. */
  readonly where: string
  readonly expected: string
  readonly actual: string
}

export interface ResourceDrift {
  readonly logicalId: string
  readonly type: string
  readonly physicalId: string
  /** `deleted`: the stack has it, the account does not. */
  readonly kind: 'changed' | 'deleted'
  readonly findings: readonly DriftFinding[]
}

export interface StackDrift {
  readonly stackName: string
  readonly drifted: readonly ResourceDrift[]
  /** How many resources are as they should be. */
  readonly inSync: number
  /** Differences that releases make on purpose. */
  readonly ofReleases: number
  /** Types CloudFormation cannot compare, each once. */
  readonly notChecked: readonly string[]
}

/** What releases change without the template: where the alias points, and the name of the release in the environment. */
const OF_RELEASES: Readonly<Record<string, RegExp>> = {
  'AWS::Lambda::Alias': /^\/(FunctionVersion|Description|RoutingConfig)\b/,
  'AWS::Lambda::Function': /^\/Environment\/Variables\/RELEASE$/,
}

/**
 * A stack's drift as CloudFormation found it, distributions behaviour by behaviour.
 * @source AWS CloudFormation API Reference, "StackResourceDrift" and "PropertyDifference"
 */
export function stackDrift(stackName: string, all: readonly StackResourceDrift[]): StackDrift {
  const drifted: ResourceDrift[] = []
  let ofReleases = 0
  for (const drift of all) {
    const { LogicalResourceId: logicalId = '', ResourceType: type = '', PhysicalResourceId: physicalId = '' } = drift
    if (drift.StackResourceDriftStatus === 'DELETED') {
      drifted.push({ logicalId, type, physicalId, kind: 'deleted', findings: [] })
    } else if (drift.StackResourceDriftStatus === 'MODIFIED') {
      const found = drift.PropertyDifferences ?? []
      const ours = found.filter(({ PropertyPath = '' }) => !OF_RELEASES[type]?.test(PropertyPath))
      ofReleases += found.length - ours.length
      const findings = type === 'AWS::CloudFront::Distribution' ? distributionFindings(drift, ours) : ours.map(finding)
      if (findings.length > 0) drifted.push({ logicalId, type, physicalId, kind: 'changed', findings })
    }
  }
  const checked = ['IN_SYNC', 'MODIFIED', 'DELETED']
  return {
    stackName,
    drifted,
    inSync: all.filter(({ StackResourceDriftStatus }) => StackResourceDriftStatus === 'IN_SYNC').length,
    ofReleases,
    notChecked: [
      ...new Set(
        all
          .filter(({ StackResourceDriftStatus = '' }) => !checked.includes(StackResourceDriftStatus))
          .map(({ ResourceType = '' }) => ResourceType),
      ),
    ].toSorted(),
  }
}

function finding({ PropertyPath = '', ExpectedValue, ActualValue, DifferenceType }: PropertyDifference): DriftFinding {
  return {
    where: PropertyPath.replace(/^\//, '').replaceAll('/', '.'),
    expected: DifferenceType === 'ADD' ? '(none)' : (ExpectedValue ?? ''),
    actual: DifferenceType === 'REMOVE' ? '(none)' : (ActualValue ?? ''),
  }
}

interface Behavior extends Readonly<Record<string, unknown>> {
  readonly PathPattern?: string
}
/** A distribution's configuration in the shape of templates. */
export interface DistributionConfig extends Readonly<Record<string, unknown>> {
  readonly CacheBehaviors?: readonly Behavior[]
  readonly DefaultCacheBehavior?: Behavior
}

/** Behaviours by their patterns, for positions say nothing to a person; everything else by its path. */
function distributionFindings(
  drift: StackResourceDrift,
  found: readonly PropertyDifference[],
): readonly DriftFinding[] {
  const expected = configOf(drift.ExpectedProperties)
  const actual = configOf(drift.ActualProperties)
  const others = found
    .filter(({ PropertyPath = '' }) => !/\/(CacheBehaviors|DefaultCacheBehavior)\b/.test(PropertyPath))
    .map(finding)
  if (expected === undefined || actual === undefined) return found.map(finding)
  return [...behaviorDrift(expected, actual), ...others]
}

/** In what the behaviours of two configurations of a distribution differ, the order they are tried in included. */
export function behaviorDrift(expected: DistributionConfig, actual: DistributionConfig): readonly DriftFinding[] {
  return [...orderFinding(expected, actual), ...behaviorFindings(expected, actual)]
}

function behaviorFindings(expected: DistributionConfig, actual: DistributionConfig): readonly DriftFinding[] {
  const before = behaviorsOf(expected)
  const after = behaviorsOf(actual)
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((pattern): readonly DriftFinding[] => {
    const wanted = before.get(pattern)
    const live = after.get(pattern)
    if (wanted === undefined)
      return [{ where: `behaviour ${pattern}`, expected: '(none)', actual: `sends to ${String(live?.TargetOriginId)}` }]
    if (live === undefined)
      return [
        { where: `behaviour ${pattern}`, expected: `sends to ${String(wanted.TargetOriginId)}`, actual: '(none)' },
      ]
    // What the template leaves to CloudFront's defaults is no difference.
    const spoken = Object.fromEntries(Object.keys(wanted).map((key) => [key, live[key]]))
    return differences(sorted(wanted), sorted(spoken)).map(
      ({ path, before: is = '(none)', after: was = '(none)' }) => ({
        where: `behaviour ${pattern}: ${path}`,
        expected: bare(is),
        actual: bare(was),
      }),
    )
  })
}

/** The first behaviour that fits is taken, so that their order is a setting of its own. */
function orderFinding(expected: DistributionConfig, actual: DistributionConfig): readonly DriftFinding[] {
  const before = patternsOf(expected)
  const after = patternsOf(actual)
  const shared = before.filter((pattern) => after.includes(pattern))
  const now = after.filter((pattern) => before.includes(pattern))
  return shared.join() === now.join()
    ? []
    : [{ where: 'order of behaviours', expected: shared.join(', '), actual: now.join(', ') }]
}

function behaviorsOf({ CacheBehaviors = [], DefaultCacheBehavior }: DistributionConfig): ReadonlyMap<string, Behavior> {
  return new Map([
    ...CacheBehaviors.map((behavior) => [behavior.PathPattern ?? '', behavior] as const),
    ...(DefaultCacheBehavior === undefined ? [] : [['(default)', DefaultCacheBehavior] as const]),
  ])
}

function patternsOf({ CacheBehaviors = [] }: DistributionConfig): readonly string[] {
  return CacheBehaviors.map(({ PathPattern = '' }) => PathPattern)
}

/** Lists of plain values, such as methods, have no order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => sorted(item))
    return items.every((item) => typeof item === 'string') ? items.toSorted() : items
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sorted(item)]))
}

function configOf(properties: string | undefined): DistributionConfig | undefined {
  if (properties === undefined) return undefined
  const { DistributionConfig } = JSON.parse(properties) as { readonly DistributionConfig?: DistributionConfig }
  return DistributionConfig
}

function bare(text: string): string {
  return /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : text
}
