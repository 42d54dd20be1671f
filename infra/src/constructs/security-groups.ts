import { CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2'
import type { Stack } from 'aws-cdk-lib/core'
import { logicalIdOf } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'

/** Ids of the groups that say who may speak to whom. */
export interface SecurityGroups {
  /** Functions that go through the proxy. */
  readonly functions: string
  readonly migrations: string
  readonly proxy: string
  /** Whoever goes to the cluster itself: the proxy and the migrations. */
  readonly databaseClients: string
  /** The cluster; somebody else's, when the cluster is. */
  readonly database: string
}

const POSTGRES = 5432
const HTTPS = 443

/**
 * Functions reach AWS, the carrier and the proxy; the proxy and migrations reach the cluster; nothing else reaches
 * anything. To a security group that is given, one rule is added.
 */
export function securityGroups(stack: Stack, described: StageDescription, vpcId: string): SecurityGroups {
  const group = groupIn(stack, described, vpcId)
  const functions = group('functions', 'functions that go through the proxy', anywhereByHttps)
  const migrations = group('migrations', 'migrations of the database', anywhereByHttps)
  const proxy = group('proxy', 'proxy before the database', nowhere)
  const databaseClients = group('database-clients', 'whoever goes to the database itself', nowhere)
  const database = described.facts.database?.securityGroupId ?? group('database', 'the database', nowhere)
  out(stack, 'FunctionsToProxy', functions, proxy)
  into(stack, 'ProxyFromFunctions', proxy, functions, POSTGRES)
  out(stack, 'ClientsToDatabase', databaseClients, database)
  into(stack, 'DatabaseFromClients', database, databaseClients, POSTGRES)
  return { functions, migrations, proxy, databaseClients, database }
}

/** The group of the endpoints in a network of our own: functions may come, and nobody is answered but them. */
export function endpointSecurityGroup(
  stack: Stack,
  described: StageDescription,
  vpcId: string,
  { functions, migrations }: SecurityGroups,
): string {
  const endpoints = groupIn(stack, described, vpcId)('endpoints', 'endpoints of AWS in the network', nowhere)
  into(stack, 'EndpointsFromFunctions', endpoints, functions, HTTPS)
  into(stack, 'EndpointsFromMigrations', endpoints, migrations, HTTPS)
  return endpoints
}

function groupIn(stack: Stack, { stage }: StageDescription, vpcId: string) {
  return (name: string, what: string, leaving: CfnSecurityGroup.EgressProperty): string => {
    const groupName = `sleepconnect-${name}-${stage}`
    return new CfnSecurityGroup(stack, `${logicalIdOf(name)}SecurityGroup`, {
      vpcId,
      groupName,
      groupDescription: what,
      securityGroupEgress: [leaving],
      tags: [{ key: 'Name', value: groupName }],
    }).ref
  }
}

const anywhereByHttps = {
  cidrIp: '0.0.0.0/0',
  ipProtocol: 'tcp',
  fromPort: HTTPS,
  toPort: HTTPS,
  description: 'AWS and the carrier',
}

/** A group without a rule for leaving may go anywhere; this one rule leads nowhere. */
const nowhere = {
  cidrIp: '255.255.255.255/32',
  ipProtocol: 'icmp',
  fromPort: 252,
  toPort: 86,
  description: 'nowhere',
}

function out(stack: Stack, id: string, from: string, to: string): void {
  new CfnSecurityGroupEgress(stack, id, {
    groupId: from,
    destinationSecurityGroupId: to,
    ...{ ipProtocol: 'tcp', fromPort: POSTGRES, toPort: POSTGRES },
  })
}

function into(stack: Stack, id: string, to: string, from: string, port: number): void {
  new CfnSecurityGroupIngress(stack, id, {
    groupId: to,
    sourceSecurityGroupId: from,
    ...{ ipProtocol: 'tcp', fromPort: port, toPort: port },
  })
}
