import type { Certificates } from '../aws/certificates.ts'
import type { CloudControl } from '../aws/cloud-control.ts'
import type { CloudFormation } from '../aws/cloudformation.ts'
import type { CloudFront } from '../aws/cloudfront.ts'
import type { FunctionCapacity } from '../aws/function-capacity.ts'
import type { HttpApis } from '../aws/http-apis.ts'
import type { Identity } from '../aws/identity.ts'
import type { IdentityProviders } from '../aws/identity-providers.ts'
import type { Route53 } from '../aws/route-53.ts'
import type { SecretDescriptions } from '../aws/secret-descriptions.ts'
import type { TemplateBucket } from '../aws/template-bucket.ts'

/** Everything the infrastructure commands ask of the world outside. */
export interface Cloud {
  readonly identity: Identity
  readonly cloudFormation: CloudFormation
  readonly cloudControl: CloudControl
  readonly cloudFront: CloudFront
  readonly route53: Route53
  readonly certificates: Certificates
  readonly templateBucket: TemplateBucket
  readonly functionCapacity: FunctionCapacity
  readonly identityProviders: IdentityProviders
  readonly httpApis: HttpApis
  readonly secretDescriptions: SecretDescriptions
  /** Name servers that the public DNS has for a domain, sorted, without dots at their ends. Empty: it has none. */
  readonly delegation: (domain: string) => Promise<readonly string[]>
}
