import {
  CfnEIP,
  CfnInternetGateway,
  CfnNatGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2'
import type { Stack } from 'aws-cdk-lib/core'
import type { StageDescription } from '../stage-description.ts'

/** Availability zones of a network, by a letter of ours. */
export const AVAILABILITY_ZONES = ['a', 'b'] as const
type Letter = (typeof AVAILABILITY_ZONES)[number]

/**
 * Which they are, by region: an id is the same place in every account, whereas `us-east-1a` is another one in each. Not
 * use1-az3, where RDS Proxy is not. Changing one replaces the subnet. See decision 47.
 */
const ZONE_IDS: Readonly<Record<string, Readonly<Record<Letter, string>>>> = {
  'us-east-1': { a: 'use1-az1', b: 'use1-az2' },
}

/** Where the functions and the database of a stage are. */
export interface Network {
  readonly vpcId: string
  readonly functionSubnetIds: readonly string[]
  /** Where the cluster's instances are; none, when the cluster is somebody else's. */
  readonly databaseSubnetIds: readonly string[]
  /** Tables of the functions' subnets; none, when the network is somebody else's. */
  readonly routeTableIds: readonly string[]
}

/** Third numbers of the subnets' addresses. Changing one replaces the subnet. */
const ranges = {
  Public: { a: '0.0/24', b: '1.0/24' },
  Database: { a: '2.0/24', b: '3.0/24' },
  // Each running copy of a function may take an address.
  Functions: { a: '16.0/20', b: '32.0/20' },
} as const satisfies Record<string, Record<Letter, string>>

/** A network of the stage's own: two availability zones, nothing of it public but the way out. */
export function ownNetwork(stack: Stack, described: StageDescription): Network {
  const { stage, sizes } = described
  const vpc = new CfnVPC(stack, 'Vpc', {
    cidrBlock: `${sizes.network}.0.0/16`,
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: named(`sleepconnect-${stage}`),
  })
  const tables = AVAILABILITY_ZONES.map((letter) => table(stack, described, vpc, `Functions${upper(letter)}`))
  const closed = table(stack, described, vpc, 'Database')
  const functions = AVAILABILITY_ZONES.map((letter, i) => {
    const made = subnet(stack, described, vpc, 'Functions', letter)
    associate(stack, made, tables[i] ?? closed)
    return made
  })
  const database = AVAILABILITY_ZONES.map((letter) => {
    const made = subnet(stack, described, vpc, 'Database', letter)
    associate(stack, made, closed)
    return made
  })
  wayOut(stack, described, vpc, tables)
  return {
    vpcId: vpc.ref,
    functionSubnetIds: functions.map(({ ref }) => ref),
    databaseSubnetIds: database.map(({ ref }) => ref),
    routeTableIds: tables.map(({ ref }) => ref),
  }
}

/** The stage's choice of gateways. Whatever it is, the functions' subnets and their tables stay the same. */
function wayOut(stack: Stack, described: StageDescription, vpc: CfnVPC, tables: readonly CfnRouteTable[]): void {
  const { stage, sizes } = described
  if (sizes.nat === 'none') return
  const internet = new CfnInternetGateway(stack, 'InternetGateway', { tags: named(`sleepconnect-${stage}`) })
  const attached = new CfnVPCGatewayAttachment(stack, 'InternetGatewayAttachment', {
    vpcId: vpc.ref,
    internetGatewayId: internet.ref,
  })
  const open = table(stack, described, vpc, 'Public')
  const route = new CfnRoute(stack, 'PublicRoute', {
    routeTableId: open.ref,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: internet.ref,
  })
  route.addResourceDependency(attached)
  const letters = sizes.nat === 'each' ? AVAILABILITY_ZONES : AVAILABILITY_ZONES.slice(0, 1)
  const gateways = letters.map((letter) => {
    const place = subnet(stack, described, vpc, 'Public', letter)
    associate(stack, place, open)
    const address = new CfnEIP(stack, `NatAddress${upper(letter)}`, {
      domain: 'vpc',
      tags: named(`sleepconnect-${stage}-nat-${letter}`),
    })
    address.addResourceDependency(attached)
    return new CfnNatGateway(stack, `NatGateway${upper(letter)}`, {
      subnetId: place.ref,
      allocationId: address.attrAllocationId,
      tags: named(`sleepconnect-${stage}-${letter}`),
    })
  })
  for (const [i, letter] of AVAILABILITY_ZONES.entries()) {
    const [table, gateway] = [tables[i], gateways[i] ?? gateways[0]]
    if (table === undefined || gateway === undefined) continue
    new CfnRoute(stack, `Functions${upper(letter)}Route`, {
      routeTableId: table.ref,
      destinationCidrBlock: '0.0.0.0/0',
      natGatewayId: gateway.ref,
    })
  }
}

function subnet(
  stack: Stack,
  { stage, sizes, settings: { region } }: StageDescription,
  vpc: CfnVPC,
  kind: keyof typeof ranges,
  letter: Letter,
): CfnSubnet {
  const zones = ZONE_IDS[region]
  if (zones === undefined) throw new RangeError(`Say in network.ts which availability zones a stage uses in ${region}.`)
  return new CfnSubnet(stack, `${kind}Subnet${upper(letter)}`, {
    vpcId: vpc.ref,
    availabilityZoneId: zones[letter],
    cidrBlock: `${sizes.network}.${ranges[kind][letter]}`,
    mapPublicIpOnLaunch: false,
    tags: named(`sleepconnect-${stage}-${kind.toLowerCase()}-${letter}`),
  })
}

function table(stack: Stack, { stage }: StageDescription, vpc: CfnVPC, id: string): CfnRouteTable {
  return new CfnRouteTable(stack, `${id}RouteTable`, {
    vpcId: vpc.ref,
    tags: named(`sleepconnect-${stage}-${id.toLowerCase()}`),
  })
}

function associate(stack: Stack, place: CfnSubnet, routes: CfnRouteTable): void {
  new CfnSubnetRouteTableAssociation(stack, `${place.node.id}Routes`, { subnetId: place.ref, routeTableId: routes.ref })
}

/** What the console shows beside an id that says nothing. */
const named = (value: string) => [{ key: 'Name', value }]
const upper = (letter: Letter) => letter.toUpperCase()
