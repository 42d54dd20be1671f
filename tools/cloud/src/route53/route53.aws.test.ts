import { Resolver } from 'node:dns/promises'
import {
  type Change,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, asSomebody, refusal } from '../../test/clients.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let route53: Route53Client
beforeAll(async () => {
  cloud = await startCloud({
    accountId: '111122223333',
    hostedZones: [
      { domain: 'example.com', id: 'Z00000000000000000A1' },
      { domain: 'example.org', id: 'Z00000000000000000A2' },
    ],
  })
  route53 = new Route53Client(asOwner(cloud))
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

const a: ResourceRecordSet = { Name: 'www.example.com', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] }
const change = (...Changes: Change[]) =>
  route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: 'Z00000000000000000A1', ChangeBatch: { Changes } }))
const records = async () => {
  const { ResourceRecordSets = [] } = await route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: 'Z00000000000000000A1' }),
  )
  return ResourceRecordSets.map(({ Name, Type }) => `${Name} ${Type}`)
}

describe('zones', () => {
  test('given ones have the given id and their name servers', async () => {
    const { HostedZone, DelegationSet } = await route53.send(new GetHostedZoneCommand({ Id: 'Z00000000000000000A1' }))
    expect(HostedZone).toMatchObject({ Id: '/hostedzone/Z00000000000000000A1', Name: 'example.com.' })
    expect(DelegationSet?.NameServers).toEqual(cloud.hostedZone('example.com').nameServers)
    expect(DelegationSet?.NameServers).toHaveLength(4)
  })

  test("another account's are not found", async () => {
    const other = new Route53Client(asSomebody(cloud.envOf({ accountId: '444455556666' })))
    expect(await refusal(other.send(new GetHostedZoneCommand({ Id: 'Z00000000000000000A1' })))).toMatchObject({
      name: 'NoSuchHostedZone',
      status: 404,
    })
    expect((await other.send(new ListHostedZonesCommand({}))).HostedZones).toEqual([])
  })

  test('are listed page by page, and by name from a name on', async () => {
    const first = await route53.send(new ListHostedZonesCommand({ MaxItems: 1 }))
    expect(first.HostedZones?.map(({ Name }) => Name)).toEqual(['example.com.'])
    const second = await route53.send(new ListHostedZonesCommand({ MaxItems: 1, Marker: first.NextMarker ?? '' }))
    expect(second.HostedZones?.map(({ Name }) => Name)).toEqual(['example.org.'])
    expect([first.IsTruncated, second.IsTruncated]).toEqual([true, false])
    // Not those that match: those that come after, com < d < org.
    const byName = await route53.send(new ListHostedZonesByNameCommand({ DNSName: 'example.d' }))
    expect(byName.HostedZones?.map(({ Name }) => Name)).toEqual(['example.org.'])
    const fromOrg = await route53.send(new ListHostedZonesByNameCommand({ DNSName: 'example.com' }))
    expect(fromOrg.HostedZones?.map(({ Name }) => Name)).toEqual(['example.com.', 'example.org.'])
  })

  test('a caller reference makes one zone only, and a zone that holds records stays', async () => {
    const create = () => route53.send(new CreateHostedZoneCommand({ Name: 'example.net', CallerReference: 'once' }))
    await create()
    expect(await refusal(create())).toMatchObject({ name: 'HostedZoneAlreadyExists', status: 409 })
    await change({ Action: 'CREATE', ResourceRecordSet: a })
    expect(await refusal(route53.send(new DeleteHostedZoneCommand({ Id: 'Z00000000000000000A1' })))).toMatchObject({
      name: 'HostedZoneNotEmpty',
    })
  })
})

describe('changes', () => {
  const exists = "[Tried to create resource record set [name='www.example.com.', type='A'] but it already exists]"
  const cname: ResourceRecordSet = { ...a, Type: 'CNAME', ResourceRecords: [{ Value: 'example.net' }] }

  test.each<[why: string, before: Change[], changes: Change[], message: string]>([
    [
      'creating what is there',
      [{ Action: 'CREATE', ResourceRecordSet: a }],
      [{ Action: 'CREATE', ResourceRecordSet: a }],
      exists,
    ],
    [
      'creating the same twice in one batch',
      [],
      [
        { Action: 'CREATE', ResourceRecordSet: a },
        { Action: 'CREATE', ResourceRecordSet: a },
      ],
      exists,
    ],
    [
      'deleting what is not there',
      [],
      [{ Action: 'DELETE', ResourceRecordSet: a }],
      "[Tried to delete resource record set [name='www.example.com.', type='A'] but it was not found]",
    ],
    [
      'deleting with other values',
      [{ Action: 'CREATE', ResourceRecordSet: a }],
      [{ Action: 'DELETE', ResourceRecordSet: { ...a, TTL: 61 } }],
      "[Tried to delete resource record set [name='www.example.com.', type='A'] but the values provided do not match the current values]",
    ],
    [
      'a CNAME beside an address',
      [{ Action: 'CREATE', ResourceRecordSet: a }],
      [{ Action: 'CREATE', ResourceRecordSet: cname }],
      '[RRSet of type CNAME with DNS name www.example.com. is not permitted because a conflicting RRSet with the same DNS name already exists in zone example.com.]',
    ],
    [
      'a CNAME at the apex',
      [],
      [{ Action: 'UPSERT', ResourceRecordSet: { ...cname, Name: 'example.com' } }],
      '[RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com.]',
    ],
    [
      'a name of another zone',
      [],
      [{ Action: 'UPSERT', ResourceRecordSet: { ...a, Name: 'wwwexample.com' } }],
      '[RRSet with DNS name wwwexample.com. is not permitted in zone example.com.]',
    ],
    [
      "an alias into CloudFront's zone that is no distribution",
      [],
      [
        {
          Action: 'UPSERT',
          ResourceRecordSet: {
            ...{ Name: 'www.example.com', Type: 'A' },
            AliasTarget: { HostedZoneId: 'Z2FDTNDATAQYW2', DNSName: 'example.net', EvaluateTargetHealth: false },
          },
        },
      ],
      '[Tried to create an alias that targets example.net., type A in zone Z2FDTNDATAQYW2, but the alias target name does not lie within the target zone]',
    ],
  ])('%s is refused', async (_why, before, changes, message) => {
    if (before.length > 0) await change(...before)
    expect(await refusal(change(...changes))).toEqual({ name: 'InvalidChangeBatch', message, status: 400 })
  })

  test('are made all or none', async () => {
    await refusal(
      change(
        { Action: 'CREATE', ResourceRecordSet: { ...a, Name: 'new.example.com' } },
        { Action: 'DELETE', ResourceRecordSet: a },
      ),
    )
    expect(await records()).toEqual(['example.com. NS', 'example.com. SOA'])
  })

  test('are listed in the order of the names read from the end', async () => {
    for (const Name of ['b.example.com', 'a.b.example.com', 'a.example.com']) {
      await change({ Action: 'UPSERT', ResourceRecordSet: { ...a, Name } })
    }
    expect(await records()).toEqual([
      ...['example.com. NS', 'example.com. SOA', 'a.example.com. A', 'b.example.com. A', 'a.b.example.com. A'],
    ])
  })

  test('reach the DNS server, CNAMEs followed', async () => {
    const resolver = new Resolver()
    resolver.setServers([cloud.dnsServer])
    await change({ Action: 'CREATE', ResourceRecordSet: a })
    await change({
      Action: 'CREATE',
      ResourceRecordSet: { ...cname, Name: 'alias.example.com', ResourceRecords: [{ Value: 'www.example.com' }] },
    })
    expect(await resolver.resolve4('alias.example.com')).toEqual(['192.0.2.1'])
    expect(await resolver.resolveCname('alias.example.com')).toEqual(['www.example.com'])
  })
})
