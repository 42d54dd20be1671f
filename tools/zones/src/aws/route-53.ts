import {
  GetHostedZoneCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'
import { everyPage } from './every-page.ts'

export interface HostedZone {
  /** Without the leading `/hostedzone/`. */
  readonly id: string
  /** Without the dot at its end. */
  readonly domain: string
  readonly isPrivate: boolean
  /** Without dots at their ends, sorted. Empty in lists. */
  readonly nameServers: readonly string[]
}

export interface DnsRecord {
  readonly type: string
  /** Target of an alias record, without a dot at its end; undefined: not an alias. */
  readonly aliasOf: string | undefined
  readonly evaluatesTargetHealth: boolean
  readonly values: readonly string[]
}

/** Every method throws `AwsFailure` when AWS does not do what is asked. */
export interface Route53 {
  /** Undefined: there is none with this id in the account. */
  hostedZone(id: string): Promise<HostedZone | undefined>
  hostedZones(): Promise<readonly HostedZone[]>
  /** Records of exactly this name, of any type. */
  records(hostedZoneId: string, name: string): Promise<readonly DnsRecord[]>
}

export function createRoute53(settings: AwsSettings): Route53 {
  const client = failingPlainly('route53', new Route53Client(clientOptions(settings)))
  return {
    async hostedZone(id) {
      try {
        const { HostedZone: zone, DelegationSet } = await client.send(new GetHostedZoneCommand({ Id: id }))
        return {
          id,
          domain: withoutDot(zone?.Name ?? ''),
          isPrivate: zone?.Config?.PrivateZone === true,
          nameServers: (DelegationSet?.NameServers ?? []).map(withoutDot).toSorted(),
        }
      } catch (error) {
        if (isRefusedAs(error, 'NoSuchHostedZone')) return undefined
        throw error
      }
    },
    async hostedZones() {
      const all = await everyPage(async (Marker) => {
        const { HostedZones = [], NextMarker } = await client.send(new ListHostedZonesCommand({ Marker }))
        return { items: HostedZones, next: NextMarker }
      })
      return all.map(({ Id = '', Name = '', Config }) => ({
        id: Id.replace('/hostedzone/', ''),
        domain: withoutDot(Name),
        isPrivate: Config?.PrivateZone === true,
        nameServers: [],
      }))
    },
    async records(hostedZoneId, name) {
      // Records are listed in order of their names from this one on; the first pages hold all of them.
      const { ResourceRecordSets = [] } = await client.send(
        new ListResourceRecordSetsCommand({ HostedZoneId: hostedZoneId, StartRecordName: name, MaxItems: 100 }),
      )
      return ResourceRecordSets.filter(({ Name = '' }) => withoutDot(Name) === name).map(
        ({ Type = '', AliasTarget, ResourceRecords = [] }) => ({
          type: Type,
          aliasOf: AliasTarget?.DNSName === undefined ? undefined : withoutDot(AliasTarget.DNSName),
          evaluatesTargetHealth: AliasTarget?.EvaluateTargetHealth === true,
          values: ResourceRecords.map(({ Value = '' }) => Value),
        }),
      )
    },
  }
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, '')
}
