import { resolvedText } from '../../plan/resolved.ts'
import { propertiesOf } from '../../plan/static-identifier.ts'
import type { StatusItem } from '../../plan/status-item.ts'
import { hostedZoneObstacles } from '../preflight/hosted-zones.ts'
import { idsOf, type Seen, type SeenStack, surroundingsOf } from './seen.ts'

/** Hosted zones with their delegation, and the address records of every public name. */
export async function nameItems(seen: Seen): Promise<readonly StatusItem[]> {
  const zones = await Promise.all(
    Object.entries(seen.facts.hostedZones).map(async ([domain, id]): Promise<StatusItem> => {
      const [obstacle] = await hostedZoneObstacles(seen.cloud, seen.stage, { [domain]: id })
      const item = { group: 'DNS', name: `${domain}, delegated to ${id}` } as const
      return obstacle === undefined
        ? { ...item, standing: 'right', findings: [], next: '' }
        : { ...item, standing: 'wrong', findings: [obstacle.why], next: obstacle.next }
    }),
  )
  const records = await Promise.all(
    seen.stacks.flatMap((stack) => idsOf(stack, 'AWS::Route53::RecordSet').map((id) => recordItem(seen, stack, id))),
  )
  return [...zones, ...records]
}

async function recordItem(seen: Seen, stack: SeenStack, logicalId: string): Promise<StatusItem> {
  const { Name, Type, HostedZoneId, AliasTarget } = propertiesOf(stack.wanted.template, logicalId) as {
    readonly Name: string
    readonly Type: string
    readonly HostedZoneId: string
    readonly AliasTarget: { readonly DNSName: unknown }
  }
  const item = { group: 'DNS', name: `${Name} ${Type}` } as const
  const found = (await seen.cloud.route53.records(HostedZoneId, Name)).filter(
    ({ type }) => type === Type || type === 'CNAME',
  )
  const [record] = found
  if (record === undefined) return { ...item, standing: 'missing', findings: [], next: seen.apply }
  const target = targetOf(seen, stack, AliasTarget.DNSName)
  // CloudFront's name may be spelled with or without capitals; DNS does not care.
  if (record.aliasOf !== undefined && (target === undefined || record.aliasOf.toLowerCase() === target.toLowerCase())) {
    return { ...item, standing: 'right', findings: [], next: '' }
  }
  const leads = record.aliasOf ?? (record.values.join(', ') || 'nowhere')
  return {
    ...item,
    standing: 'wrong',
    findings: [`leads to ${leads}${target === undefined ? '' : `, not to ${target}`}`],
    next: `Delete that record when you are ready to move the name, then: ${seen.apply}`,
  }
}

/** Where a record should lead: the domain of the distribution that its attribute is of. Undefined: nobody can tell. */
function targetOf({ distributions }: Seen, stack: SeenStack, value: unknown): string | undefined {
  const attribute = (value as { readonly 'Fn::GetAtt'?: readonly string[] } | undefined)?.['Fn::GetAtt']
  const surroundings = surroundingsOf(stack, distributions)
  if (attribute === undefined) return resolvedText(value, surroundings)
  const id = surroundings.physicalIds[attribute[0] ?? '']
  return distributions.find((one) => one.id === id)?.domainName
}
