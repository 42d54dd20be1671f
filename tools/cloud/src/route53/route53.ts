import { randomBytes } from 'node:crypto'
import * as sdk from '@aws-sdk/client-route-53'
import { type Handlers, type OwnApi, ownApi } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { operationsOf } from '../wire/operations.ts'
import { restXmlProtocol } from '../wire/rest-protocol.ts'
import { changedRecords } from './change-records.ts'
import { absolute, compareNames } from './names.ts'
import type { Zone, Zones } from './zones.ts'

const operations = operationsOf(sdk)

/**
 * Route 53. Own, because moto lets duplicates, clashes and deletions of other values pass, and gives zones ids of its choice.
 * @source Amazon Route 53 API Reference
 */
export function route53(zones: Zones): OwnApi {
  const handlers: Handlers<sdk.Route53> = {
    createHostedZone: ({ Name = '', CallerReference = '', HostedZoneConfig }, { accountId }) => {
      const reused = zones.of(accountId).some((zone) => zone.callerReference === CallerReference)
      if (reused)
        throw new AwsError(
          'HostedZoneAlreadyExists',
          `A hosted zone has already been created with the specified caller reference: ${CallerReference}`,
          409,
        )
      const zone = zones.create({
        ...{ name: Name, accountId, callerReference: CallerReference, comment: HostedZoneConfig?.Comment },
        delegated: false,
      })
      return {
        ...{ HostedZone: described(zone), DelegationSet: delegationSet(zone), ChangeInfo: changeInfo() },
        Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}`,
      }
    },
    getHostedZone: ({ Id = '' }, { accountId }) => {
      const zone = zones.get(accountId, Id)
      return { HostedZone: described(zone), DelegationSet: delegationSet(zone) }
    },
    getHostedZoneCount: (_input, { accountId }) => ({ HostedZoneCount: zones.of(accountId).length }),
    listHostedZones: ({ Marker, MaxItems }, { accountId }) => {
      const all = zones.of(accountId)
      const from =
        Marker === undefined
          ? 0
          : Math.max(
              0,
              all.findIndex(({ id }) => id === Marker),
            )
      const { page, next } = pageOf(all.slice(from), MaxItems ?? 100)
      return {
        ...{ HostedZones: page.map(described), IsTruncated: next !== undefined, MaxItems: MaxItems ?? 100 },
        ...{ Marker, NextMarker: next?.id },
      }
    },
    listHostedZonesByName: ({ DNSName, HostedZoneId, MaxItems }, { accountId }) => {
      const all = zones.of(accountId).filter((zone) => {
        if (DNSName === undefined) return true
        const order = compareNames(zone.name, DNSName)
        return order > 0 || (order === 0 && (HostedZoneId === undefined || zone.id >= HostedZoneId))
      })
      const { page, next } = pageOf(all, MaxItems ?? 100)
      return {
        ...{ HostedZones: page.map(described), IsTruncated: next !== undefined, MaxItems: MaxItems ?? 100 },
        ...{ DNSName, HostedZoneId, NextDNSName: next?.name, NextHostedZoneId: next?.id },
      }
    },
    deleteHostedZone: ({ Id = '' }, { accountId }) => {
      const zone = zones.get(accountId, Id)
      const own = zone.records.filter(({ Name, Type }) => Name === zone.name && (Type === 'NS' || Type === 'SOA'))
      if (zone.records.length > own.length) {
        throw new AwsError(
          'HostedZoneNotEmpty',
          'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
        )
      }
      zones.delete(zone)
      return { ChangeInfo: changeInfo() }
    },
    changeResourceRecordSets: ({ HostedZoneId = '', ChangeBatch }, { accountId }) => {
      const zone = zones.get(accountId, HostedZoneId)
      zones.replaceRecords(zone, changedRecords(zone, ChangeBatch?.Changes ?? []))
      return { ChangeInfo: changeInfo() }
    },
    listResourceRecordSets: ({ HostedZoneId = '', StartRecordName, StartRecordType, MaxItems }, { accountId }) => {
      const zone = zones.get(accountId, HostedZoneId)
      const rest = zone.records.filter(({ Name = '', Type = '' }) => {
        if (StartRecordName === undefined) return true
        const order = compareNames(Name, absolute(StartRecordName))
        return order > 0 || (order === 0 && Type >= (StartRecordType ?? ''))
      })
      const { page, next } = pageOf(rest, MaxItems ?? 300)
      return {
        ...{ ResourceRecordSets: [...page], IsTruncated: next !== undefined, MaxItems: MaxItems ?? 300 },
        ...{ NextRecordName: next?.Name, NextRecordType: next?.Type },
      }
    },
    getChange: ({ Id = '' }) => ({
      ChangeInfo: { ...changeInfo(), Id: `/change/${Id.replace(/^\/?change\//, '')}` },
    }),
    listTagsForResource: ({ ResourceType, ResourceId = '' }, { accountId }) => ({
      ResourceTagSet: {
        ...{ ResourceType, ResourceId },
        Tags: [...zones.get(accountId, ResourceId).tags].map(([Key, Value]) => ({ Key, Value })),
      },
    }),
    changeTagsForResource: ({ ResourceId = '', AddTags = [], RemoveTagKeys = [] }, { accountId }) => {
      const { tags } = zones.get(accountId, ResourceId)
      for (const { Key = '', Value = '' } of AddTags) tags.set(Key, Value)
      for (const key of RemoveTagKeys) tags.delete(key)
      return {}
    },
  }
  return ownApi('route53', restXmlProtocol('https://route53.amazonaws.com/doc/2013-04-01/'), operations, handlers)
}

function described(zone: Zone): sdk.HostedZone {
  return {
    ...{ Id: `/hostedzone/${zone.id}`, Name: zone.name, CallerReference: zone.callerReference },
    Config: { PrivateZone: false, ...(zone.comment === undefined ? {} : { Comment: zone.comment }) },
    ResourceRecordSetCount: zone.records.length,
  }
}

function delegationSet({ nameServers }: Zone): sdk.DelegationSet {
  return { NameServers: [...nameServers] }
}

/** Changes take effect at once here; AWS says PENDING for about a minute first. */
function changeInfo(): sdk.ChangeInfo {
  return { Id: `/change/C${randomBytes(10).toString('hex').toUpperCase()}`, Status: 'INSYNC', SubmittedAt: new Date() }
}

function pageOf<Item>(items: readonly Item[], size: number): { page: readonly Item[]; next: Item | undefined } {
  return { page: items.slice(0, size), next: items[size] }
}
