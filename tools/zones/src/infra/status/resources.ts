import { described } from '../../plan/differences.ts'
import { behaviorDrift, type DistributionConfig } from '../../plan/drift.ts'
import { resolved } from '../../plan/resolved.ts'
import { propertiesOf, staticIdentifier } from '../../plan/static-identifier.ts'
import type { StatusItem } from '../../plan/status-item.ts'
import { unlike } from '../../plan/unlike.ts'
import { idsOf, type Seen, type SeenStack, surroundingsOf } from './seen.ts'

type Group = StatusItem['group']

/** Types with names of their own, by the checklist's line they belong to. */
const GROUPS: Readonly<Record<string, Group>> = {
  'AWS::S3::Bucket': 'Buckets',
  'AWS::S3::BucketPolicy': 'Buckets',
  'AWS::Lambda::Function': 'Functions',
  'AWS::Lambda::Alias': 'Functions',
  'AWS::Lambda::Url': 'Functions',
  'AWS::Logs::LogGroup': 'Functions',
  'AWS::IAM::Role': 'Roles',
  'AWS::IAM::ManagedPolicy': 'Roles',
}

/** Properties that are set once, or by releases. */
const LEFT_ASIDE: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['Code', 'FunctionName'],
  'AWS::Lambda::Alias': ['FunctionVersion', 'FunctionName'],
  'AWS::Lambda::Url': ['TargetFunctionArn'],
}

/** Differences shown of one resource. */
const SHOWN = 4

/** Buckets with their policies, functions with aliases, addresses and logs, and roles: as they are, against the template. */
export async function resourceItems(seen: Seen): Promise<readonly StatusItem[]> {
  const items: StatusItem[] = []
  for (const stack of seen.stacks) {
    const surroundings = surroundingsOf(stack, seen.distributions)
    for (const [type, group] of Object.entries(GROUPS)) {
      items.push(
        ...(await Promise.all(
          idsOf(stack, type).map((id) => resourceItem(seen, stack, surroundings, group, type, id)),
        )),
      )
    }
  }
  return items
}

async function resourceItem(
  { cloud, apply }: Seen,
  { wanted }: SeenStack,
  surroundings: ReturnType<typeof surroundingsOf>,
  group: Group,
  type: string,
  logicalId: string,
): Promise<StatusItem> {
  const identifier = staticIdentifier(wanted.template, logicalId, wanted) ?? ''
  const item = { group, name: shownName(type, identifier) }
  const live = await cloud.cloudControl.resource(type, identifier)
  if (live.kind === 'absent') return { ...item, standing: 'missing', findings: [], next: apply }
  if (live.kind === 'unreadable')
    return { ...item, standing: 'waiting', findings: ['cannot be read'], next: 'Look at it in the console.' }
  const properties = propertiesOf(wanted.template, logicalId)
  const spoken = Object.entries(properties).filter(([name]) => !LEFT_ASIDE[type]?.includes(name))
  const findings = unlike(resolved(Object.fromEntries(spoken), surroundings), live.properties).map(described)
  if (findings.length === 0) return { ...item, standing: 'right', findings, next: '' }
  return { ...item, standing: 'wrong', findings: cut(findings), next: mend(apply) }
}

/** Each distribution: found by its names, enabled and everywhere, its behaviours one by one. */
export async function distributionItems(seen: Seen): Promise<readonly StatusItem[]> {
  const all = seen.stacks.flatMap((stack) => idsOf(stack, 'AWS::CloudFront::Distribution').map((id) => ({ stack, id })))
  return Promise.all(all.map(({ stack, id }) => distributionItem(seen, stack, id)))
}

async function distributionItem(
  { cloud, distributions, apply }: Seen,
  stack: SeenStack,
  logicalId: string,
): Promise<StatusItem> {
  const wanted = propertiesOf(stack.wanted.template, logicalId).DistributionConfig as DistributionConfig & {
    readonly Aliases?: readonly string[]
  }
  const names = wanted.Aliases ?? []
  const item = { group: 'Distributions', name: names.join(', ') } as const
  const holders = distributions.filter(({ aliases }) => aliases.some((name) => names.includes(name)))
  const [holder] = holders
  if (holder === undefined) return { ...item, standing: 'missing', findings: [], next: apply }
  const live = await cloud.cloudControl.resource('AWS::CloudFront::Distribution', holder.id)
  const config =
    live.kind === 'there' ? (live.properties.DistributionConfig as DistributionConfig | undefined) : undefined
  if (config === undefined)
    return {
      ...item,
      standing: 'waiting',
      findings: [`${holder.id} cannot be read`],
      next: 'Run this again in a minute.',
    }
  const expected = resolved(wanted, surroundingsOf(stack, distributions)) as DistributionConfig
  const { CacheBehaviors: _behaviors, DefaultCacheBehavior: _default, ...others } = expected
  const findings = [
    ...holders.slice(1).map(({ id }) => `${id} has one of its names too`),
    ...names.filter((name) => !holder.aliases.includes(name)).map((name) => `does not answer to ${name}`),
    ...(holder.isEnabled ? [] : ['is disabled']),
    ...behaviorDrift(expected, config).map(({ where, expected: is, actual }) => `${where}: ${is} -> ${actual}`),
    ...unlike(others, config).map(described),
  ]
  if (findings.length > 0) return { ...item, standing: 'wrong', findings: cut(findings), next: mend(apply) }
  return holder.status === 'Deployed'
    ? { ...item, standing: 'right', findings, next: '' }
    : {
        ...item,
        standing: 'waiting',
        findings: ['is on its way to the edge locations'],
        next: 'Look again in a few minutes.',
      }
}

function mend(apply: string): string {
  return `See what the template changes: ${apply.replace('apply', 'plan')} --online. What it does not, was changed by hand: ${apply.replace('apply', 'drift')}`
}

function cut(findings: readonly string[]): readonly string[] {
  return findings.length > SHOWN ? [...findings.slice(0, SHOWN), `and ${findings.length - SHOWN} more`] : findings
}

function shownName(type: string, identifier: string): string {
  const name = identifier.replace(/^arn:aws:lambda:[^:]+:\d+:function:/, '').replace(/^arn:aws:iam::\d+:policy\//, '')
  const kinds: Readonly<Record<string, string>> = {
    'AWS::S3::BucketPolicy': 'who may read ',
    'AWS::Lambda::Url': 'address of ',
    'AWS::Lambda::Alias': 'alias ',
    'AWS::IAM::ManagedPolicy': 'rights of ',
    'AWS::Logs::LogGroup': 'log ',
  }
  return `${kinds[type] ?? ''}${name}`
}
