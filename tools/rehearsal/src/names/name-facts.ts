import { Resolver } from 'node:dns/promises'
import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm'
import { ApiGatewayV2Client, GetDomainNameCommand } from '@aws-sdk/client-apigatewayv2'
import {
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53'
import type { NameFacts } from './places.ts'

export interface AccountNames extends Pick<NameFacts, 'targetOf' | 'apiCertificateOf' | 'certifiedNames'> {
  readonly close: () => void
}

interface Settings {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/** What an account says about names, and `address:port` of a DNS server says about who is asked for them. */
export function accountNames(settings: Settings, dnsServer: string): AccountNames {
  const [route53, acm, apis] = [new Route53Client(settings), new ACMClient(settings), new ApiGatewayV2Client(settings)]
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  resolver.setServers([dnsServer])
  return {
    targetOf: async (name) => {
      // A zone that nobody is sent to answers for nothing, whatever it holds.
      const isThere = await resolver.resolve4(name).then(
        () => true,
        () => false,
      )
      return isThere ? recordTarget(route53, name) : undefined
    },
    apiCertificateOf: (name) =>
      apis
        .send(new GetDomainNameCommand({ DomainName: name }))
        .then(({ DomainNameConfigurations: [first] = [] }) => first?.CertificateArn, orAbsent),
    certifiedNames: (CertificateArn) =>
      acm.send(new DescribeCertificateCommand({ CertificateArn })).then(
        ({ Certificate: { Status, DomainName = '', SubjectAlternativeNames = [] } = {} }) =>
          Status === 'ISSUED' ? [DomainName, ...SubjectAlternativeNames].map((one) => one.toLowerCase()) : [],
        (error: unknown) => orAbsent(error) ?? [],
      ),
    close: () => {
      resolver.cancel()
      for (const client of [route53, acm, apis]) client.destroy()
    },
  }
}

/** Domain that the record of a name leads to: its alias, or its CNAME. */
async function recordTarget(route53: Route53Client, name: string): Promise<string | undefined> {
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand({}))
  const [zone] = HostedZones.filter(({ Name = '' }) => name === plain(Name) || name.endsWith(`.${plain(Name)}`)).sort(
    (a, b) => (b.Name ?? '').length - (a.Name ?? '').length,
  )
  if (zone?.Id === undefined) return undefined
  const { ResourceRecordSets = [] } = await route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: zone.Id, StartRecordName: name }),
  )
  const own = ResourceRecordSets.filter(({ Name = '' }) => plain(Name) === name)
  return own.map(targetIn).find((target) => target !== undefined)
}

function targetIn({ Type, AliasTarget, ResourceRecords }: ResourceRecordSet): string | undefined {
  const target = Type === 'CNAME' ? ResourceRecords?.[0]?.Value : Type === 'A' ? AliasTarget?.DNSName : undefined
  return target === undefined ? undefined : plain(target)
}

function plain(name: string): string {
  return name.replace(/\.$/, '').toLowerCase()
}

function orAbsent(error: unknown): undefined {
  if (error instanceof Error && /NotFound/.test(error.name)) return undefined
  throw error
}
