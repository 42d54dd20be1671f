import { ACMClient, DescribeCertificateCommand, ListCertificatesCommand } from '@aws-sdk/client-acm'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'
import { everyPage } from './every-page.ts'

export interface Certificate {
  readonly arn: string
  /** Every name it is for. */
  readonly names: readonly string[]
  /** `ISSUED` when it can be used. */
  readonly status: string
  /** CNAME records that validate names which are not validated yet. */
  readonly awaited: readonly { readonly domain: string; readonly record: string }[]
  /** Milliseconds since the epoch; undefined until it is issued. */
  readonly endsMs: number | undefined
}

export interface Certificates {
  /** Certificates that were asked for with `name` as their first name. @throws AwsFailure */
  of(name: string): Promise<readonly Certificate[]>
}

/** Certificates of CloudFront lie in us-east-1, which is the stages' region. */
export function createCertificates(settings: AwsSettings): Certificates {
  const client = failingPlainly('acm', new ACMClient(clientOptions(settings)))
  return {
    async of(name) {
      const all = await everyPage(async (NextToken) => {
        const { CertificateSummaryList = [], NextToken: next } = await client.send(
          new ListCertificatesCommand({ NextToken }),
        )
        return { items: CertificateSummaryList, next }
      })
      const own = all.filter(({ DomainName }) => DomainName === name)
      return Promise.all(own.map(async ({ CertificateArn = '' }) => described(client, CertificateArn)))
    },
  }
}

async function described(client: ACMClient, arn: string): Promise<Certificate> {
  const { Certificate: found } = await client.send(new DescribeCertificateCommand({ CertificateArn: arn }))
  const names = [found?.DomainName ?? '', ...(found?.SubjectAlternativeNames ?? [])]
  return {
    arn,
    names: [...new Set(names)],
    status: found?.Status ?? '',
    awaited: (found?.DomainValidationOptions ?? [])
      .filter(({ ValidationStatus }) => ValidationStatus !== 'SUCCESS')
      .map(({ DomainName = '', ResourceRecord }) => ({ domain: DomainName, record: ResourceRecord?.Name ?? '' })),
    endsMs: found?.NotAfter?.getTime(),
  }
}
