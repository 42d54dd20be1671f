import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'
import { everyPage } from './every-page.ts'

export interface DistributionSummary {
  readonly id: string
  /** `d111111abcdef8.cloudfront.net`. */
  readonly domainName: string
  readonly aliases: readonly string[]
  /** `Deployed` once every edge location has its latest configuration. */
  readonly status: string
  readonly isEnabled: boolean
}

export interface CloudFront {
  /** Every distribution of the account. @throws AwsFailure */
  distributions(): Promise<readonly DistributionSummary[]>
}

export function createCloudFront(settings: AwsSettings): CloudFront {
  const client = failingPlainly('cloudfront', new CloudFrontClient(clientOptions(settings)))
  return {
    async distributions() {
      const all = await everyPage(async (Marker) => {
        const { DistributionList } = await client.send(new ListDistributionsCommand({ Marker }))
        return { items: DistributionList?.Items ?? [], next: DistributionList?.NextMarker }
      })
      return all.map(({ Id = '', DomainName = '', Aliases, Status = '', Enabled }) => ({
        id: Id,
        domainName: DomainName,
        aliases: Aliases?.Items ?? [],
        status: Status,
        isEnabled: Enabled === true,
      }))
    },
  }
}
