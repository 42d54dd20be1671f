import { zoneOf } from './availability-zones.ts'
import { inTwoZones } from './database-proxies.ts'
import { keptKind, type Making } from './kept.ts'
import type { Kind } from './kind.ts'

type Attributes = (making: Making) => Readonly<Record<string, unknown>>

const nothing: Attributes = () => ({})
/** An attribute that is an id of EC2's kind: a prefix and 17 hexadecimal digits. */
const id =
  (attribute: string, prefix: string, more: Attributes = nothing): Attributes =>
  (making) => ({ [attribute]: `${prefix}-${making.hex(17)}`, ...more(making) })
/** A name that the template may give, made up otherwise. */
const named =
  (
    property: string,
    more: (making: Making, name: string) => Readonly<Record<string, unknown>> = () => ({}),
  ): Attributes =>
  (making) => {
    const name = String(making.properties[property] ?? making.name)
    return { [property]: name, ...more(making, name) }
  }
const arn = ({ region, accountId }: Making, service: string, resource: string) =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`
const uuid = ({ hex }: Making) => hex(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** Network. @source AWS CloudFormation Template Reference, return values of each type */
const network: Readonly<Record<string, Attributes>> = {
  'AWS::EC2::VPC': id('VpcId', 'vpc', ({ hex, properties }) => ({
    ...{ DefaultSecurityGroup: `sg-${hex(17)}`, DefaultNetworkAcl: `acl-${hex(17)}`, CidrBlock: properties.CidrBlock },
  })),
  'AWS::EC2::Subnet': id('SubnetId', 'subnet', ({ properties, region }) => ({
    ...{ VpcId: properties.VpcId, CidrBlock: properties.CidrBlock },
    ...zoneOf(region, properties),
  })),
  'AWS::EC2::InternetGateway': id('InternetGatewayId', 'igw'),
  'AWS::EC2::VPCGatewayAttachment': () => ({ AttachmentType: 'IGW' }),
  'AWS::EC2::RouteTable': id('RouteTableId', 'rtb'),
  'AWS::EC2::Route': ({ properties }) => ({
    CidrBlock:
      properties.DestinationCidrBlock ?? properties.DestinationIpv6CidrBlock ?? properties.DestinationPrefixListId,
  }),
  'AWS::EC2::SubnetRouteTableAssociation': id('Id', 'rtbassoc'),
  'AWS::EC2::EIP': id('AllocationId', 'eipalloc', ({ hex }) => ({
    // Of the block that documentation uses. @source RFC 5737
    PublicIp: `203.0.113.${(Number.parseInt(hex(4), 16) % 254) + 1}`,
  })),
  'AWS::EC2::NatGateway': id('NatGatewayId', 'nat'),
  'AWS::EC2::SecurityGroup': ({ hex, properties }) => ({
    ...{ Id: `sg-${hex(17)}`, GroupId: `sg-${hex(17)}`, VpcId: properties.VpcId },
  }),
  'AWS::EC2::SecurityGroupIngress': id('Id', 'sgr'),
  'AWS::EC2::SecurityGroupEgress': id('Id', 'sgr'),
  'AWS::EC2::VPCEndpoint': id('Id', 'vpce', ({ hex, region }) => ({
    ...{ CreationTimestamp: '2026-01-01T00:00:00Z', NetworkInterfaceIds: [`eni-${hex(17)}`] },
    DnsEntries: [`Z${hex(12).toUpperCase()}:vpce-${hex(17)}.${region}.vpce.amazonaws.com`],
  })),
  'AWS::EC2::FlowLog': id('Id', 'fl'),
  'AWS::EC2::NetworkAcl': id('Id', 'acl'),
}

/** Database. */
const database: Readonly<Record<string, Attributes>> = {
  'AWS::RDS::DBSubnetGroup': named('DBSubnetGroupName', (making, name) => ({
    DBSubnetGroupArn: arn(making, 'rds', `subgrp:${name}`),
  })),
  'AWS::RDS::DBClusterParameterGroup': named('DBClusterParameterGroupName'),
  'AWS::RDS::DBParameterGroup': named('DBParameterGroupName'),
  'AWS::RDS::DBCluster': named('DBClusterIdentifier', (making, name) => ({
    DBClusterArn: arn(making, 'rds', `cluster:${name}`),
    DBClusterResourceId: `cluster-${making.hex(26).toUpperCase()}`,
    'Endpoint.Address': `${name}.cluster-${making.hex(12)}.${making.region}.rds.amazonaws.com`,
    'Endpoint.Port': '5432',
    'ReadEndpoint.Address': `${name}.cluster-ro-${making.hex(12)}.${making.region}.rds.amazonaws.com`,
    'MasterUserSecret.SecretArn': arn(making, 'secretsmanager', `secret:rds!cluster-${uuid(making)}-${making.hex(6)}`),
  })),
  'AWS::RDS::DBInstance': named('DBInstanceIdentifier', (making, name) => ({
    DBInstanceArn: arn(making, 'rds', `db:${name}`),
    DbiResourceId: `db-${making.hex(26).toUpperCase()}`,
    'Endpoint.Address': `${name}.${making.hex(12)}.${making.region}.rds.amazonaws.com`,
    'Endpoint.Port': '5432',
  })),
  'AWS::RDS::DBProxy': named('DBProxyName', (making, name) => ({
    DBProxyArn: arn(making, 'rds', `db-proxy:prx-${making.hex(17)}`),
    Endpoint: `${name}.proxy-${making.hex(12)}.${making.region}.rds.amazonaws.com`,
    VpcId: `vpc-${making.hex(17)}`,
  })),
  'AWS::RDS::DBProxyTargetGroup': (making) => ({
    TargetGroupArn: arn(making, 'rds', `target-group:prx-tg-${making.hex(17)}`),
  }),
  'AWS::RDS::DBProxyEndpoint': named('DBProxyEndpointName', (making, name) => ({
    DBProxyEndpointArn: arn(making, 'rds', `db-proxy-endpoint:prx-endpoint-${making.hex(17)}`),
    Endpoint: `${name}.endpoint.proxy-${making.hex(12)}.${making.region}.rds.amazonaws.com`,
  })),
}

/** Watching, and what happens by the clock. */
const watching: Readonly<Record<string, Attributes>> = {
  'AWS::CloudWatch::CompositeAlarm': named('AlarmName', (making, name) => ({
    Arn: arn(making, 'cloudwatch', `alarm:${name}`),
  })),
  'AWS::CloudWatch::Dashboard': named('DashboardName'),
  'AWS::Logs::QueryDefinition': (making) => ({ QueryDefinitionId: uuid(making) }),
  'AWS::Logs::DeliverySource': named('Name', (making, name) => ({
    ...{ Arn: arn(making, 'logs', `delivery-source:${name}`), Service: 'cloudfront' },
  })),
  'AWS::Logs::DeliveryDestination': named('Name', (making, name) => ({
    ...{ Arn: arn(making, 'logs', `delivery-destination:${name}`), DeliveryDestinationType: 'S3' },
  })),
  'AWS::Logs::Delivery': (making) => ({
    ...{ DeliveryId: making.hex(16), Arn: arn(making, 'logs', `delivery:${making.hex(16)}`) },
    DeliveryDestinationType: 'S3',
  }),
  'AWS::Logs::ResourcePolicy': named('PolicyName'),
  'AWS::Logs::SubscriptionFilter': named('FilterName'),
  'AWS::Scheduler::ScheduleGroup': named('Name', (making, name) => ({
    ...{ Arn: arn(making, 'scheduler', `schedule-group/${name}`), State: 'ACTIVE' },
  })),
  'AWS::Scheduler::Schedule': named('Name', (making, name) => ({
    Arn: arn(making, 'scheduler', `schedule/${making.properties.GroupName ?? 'default'}/${name}`),
  })),
  'AWS::Events::Rule': named('Name', (making, name) => ({ Arn: arn(making, 'events', `rule/${name}`) })),
  'AWS::Budgets::Budget': ({ properties, name }) => {
    const { BudgetName } = (properties.Budget ?? {}) as { readonly BudgetName?: string }
    return { Id: BudgetName ?? name }
  },
}

/** Protection, and what hangs on a secret. */
const protection: Readonly<Record<string, Attributes>> = {
  'AWS::WAFv2::WebACL': named('Name', (making, name) => {
    const scope = making.properties.Scope === 'CLOUDFRONT' ? 'global' : 'regional'
    return {
      ...{ Id: uuid(making), Arn: arn(making, 'wafv2', `${scope}/webacl/${name}/${uuid(making)}`), Capacity: 100 },
      LabelNamespace: `awswaf:${making.accountId}:webacl:${name}:`,
    }
  }),
  'AWS::WAFv2::IPSet': named('Name', (making, name) => ({
    ...{ Id: uuid(making), Arn: arn(making, 'wafv2', `global/ipset/${name}/${uuid(making)}`) },
  })),
  'AWS::WAFv2::LoggingConfiguration': () => ({ ManagedByFirewallManager: false }),
  'AWS::SecretsManager::ResourcePolicy': ({ properties }) => ({ Id: properties.SecretId }),
  'AWS::SecretsManager::RotationSchedule': ({ properties }) => ({ Id: properties.SecretId }),
  'AWS::SSM::Parameter': named('Name'),
}

/** Names that are taken although the primary identifier holds more than the name. */
const UNIQUE: Readonly<Record<string, readonly string[]>> = {
  'AWS::WAFv2::WebACL': ['Name', 'Scope'],
  'AWS::WAFv2::IPSet': ['Name', 'Scope'],
}

/** Types whose resources only the layer remembers. Made when first asked for: each needs its schema. */
export function keptKinds(): readonly Kind[] {
  const all = { ...network, ...database, ...watching, ...protection }
  return Object.entries(all).map(([type, attributes]) => {
    const kind = keptKind(type, attributes, UNIQUE[type])
    return type === 'AWS::RDS::DBProxy' ? inTwoZones(kind) : kind
  })
}
