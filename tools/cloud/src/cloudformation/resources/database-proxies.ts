import { AwsError } from '../../wire/aws-error.ts'
import { takesProxies, zoneOf } from './availability-zones.ts'
import type { Kind, Work } from './kind.ts'

/** The same kind, which refuses subnets that are not in two availability zones that have proxies. */
export function inTwoZones(proxy: Kind): Kind {
  return {
    ...proxy,
    create: async (properties, work) => {
      const zones = (properties.VpcSubnetIds as readonly string[]).flatMap((id) => zonesOf(id, work))
      if (zones.length > 0 && new Set(zones.filter(takesProxies).map((zone) => zone.AvailabilityZoneId)).size < 2) {
        const message = 'One or more subnets are in Availability Zones that are not supported by RDS Proxy.'
        throw new AwsError('InvalidSubnet', message)
      }
      return proxy.create(properties, work)
    },
  }
}

/** None for a subnet that no stack made: where it is, nobody here knows. */
function zonesOf(subnetId: string, { world, accountId, region }: Work) {
  const subnet = world.kept.of('AWS::EC2::Subnet', accountId).find(({ id }) => id === subnetId)
  return subnet === undefined ? [] : [zoneOf(region, subnet.properties)]
}
