import { isDeepStrictEqual } from 'node:util'
import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53'
import { AwsError } from '../wire/aws-error.ts'
import { absolute, compareNames } from './names.ts'
import type { Zone } from './zones.ts'

/** Hosted zone id that every alias of a CloudFront distribution names. @source Amazon Route 53 API Reference, "AliasTarget" */
export const CLOUDFRONT_ZONE_ID = 'Z2FDTNDATAQYW2'

/**
 * The records of a zone after a batch of changes: all of it or nothing.
 * @source Amazon Route 53 API Reference, "ChangeResourceRecordSets"; the sentences as clients report them (unverified)
 * @throws AwsError InvalidChangeBatch
 */
export function changedRecords(zone: Zone, changes: readonly Change[]): readonly ResourceRecordSet[] {
  const problems: string[] = []
  let records = zone.records
  for (const { Action, ResourceRecordSet: given } of changes) {
    if (given === undefined) throw new AwsError('InvalidInput', 'A change names no resource record set.')
    const record = normalized(given)
    const problem = problemOf(zone, record) ?? conflict(zone, records, record, Action)
    if (problem !== undefined) problems.push(problem)
    const others = records.filter((other) => !isSame(other, record))
    records = Action === 'DELETE' ? others : [...others, record].sort(inOrder)
  }
  if (problems.length > 0) throw new AwsError('InvalidChangeBatch', `[${problems.join(', ')}]`)
  return records
}

/** A record in the form it is kept and listed in. */
export function normalized(record: ResourceRecordSet): ResourceRecordSet {
  const { AliasTarget: target } = record
  return {
    ...record,
    Name: absolute(record.Name ?? ''),
    ...(target === undefined ? {} : { AliasTarget: { ...target, DNSName: absolute(target.DNSName ?? '') } }),
  }
}

/** True for two records that cannot be there at once: same name, type and set identifier. */
export function isSame(a: ResourceRecordSet, b: ResourceRecordSet): boolean {
  return a.Name === b.Name && a.Type === b.Type && a.SetIdentifier === b.SetIdentifier
}

function problemOf(zone: Zone, record: ResourceRecordSet): string | undefined {
  const { Name = '', Type, AliasTarget: target, ResourceRecords: values, TTL } = record
  if (Name !== zone.name && !Name.endsWith(`.${zone.name}`)) {
    return `RRSet with DNS name ${Name} is not permitted in zone ${zone.name}`
  }
  if (Type === 'CNAME' && Name === zone.name) {
    return `RRSet of type CNAME with DNS name ${Name} is not permitted at apex in zone ${zone.name}`
  }
  if ((target === undefined) === (values === undefined || values.length === 0 || TTL === undefined)) {
    return `Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId] in Change with [Name=${Name}, Type=${Type}]`
  }
  const outside = target?.HostedZoneId === CLOUDFRONT_ZONE_ID && !target.DNSName?.endsWith('.cloudfront.net.')
  if (outside) {
    return `Tried to create an alias that targets ${target.DNSName}, type ${Type} in zone ${target.HostedZoneId}, but the alias target name does not lie within the target zone`
  }
  return undefined
}

function conflict(
  zone: Zone,
  records: readonly ResourceRecordSet[],
  record: ResourceRecordSet,
  action: Change['Action'],
): string | undefined {
  const { Name, Type } = record
  const [present] = records.filter((other) => isSame(other, record))
  const what = `resource record set [name='${Name}', type='${Type}']`
  if (action === 'DELETE') {
    if (present === undefined) return `Tried to delete ${what} but it was not found`
    return isDeepStrictEqual(present, record)
      ? undefined
      : `Tried to delete ${what} but the values provided do not match the current values`
  }
  if (action === 'CREATE' && present !== undefined) return `Tried to create ${what} but it already exists`
  const others = records.filter((other) => other.Name === Name && other.Type !== Type)
  const clash = Type === 'CNAME' ? others[0] : others.find((other) => other.Type === 'CNAME')
  if (clash === undefined) return undefined
  const which = Type === 'CNAME' ? 'a conflicting RRSet' : 'a conflicting RRSet of type CNAME'
  return `RRSet of type ${Type} with DNS name ${Name} is not permitted because ${which} with the same DNS name already exists in zone ${zone.name}`
}

function inOrder(a: ResourceRecordSet, b: ResourceRecordSet): number {
  return compareNames(a.Name ?? '', b.Name ?? '') || ((a.Type ?? '') < (b.Type ?? '') ? -1 : 1)
}
