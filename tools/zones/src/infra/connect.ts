import { createCertificates } from '../aws/certificates.ts'
import type { AwsSettings } from '../aws/client-settings.ts'
import { createCloudControl } from '../aws/cloud-control.ts'
import { createCloudFormation } from '../aws/cloudformation.ts'
import { createCloudFront } from '../aws/cloudfront.ts'
import { createFunctionCapacity } from '../aws/function-capacity.ts'
import { createHttpApis } from '../aws/http-apis.ts'
import { createIdentity } from '../aws/identity.ts'
import { createIdentityProviders } from '../aws/identity-providers.ts'
import { createRoute53 } from '../aws/route-53.ts'
import { createSecretDescriptions } from '../aws/secret-descriptions.ts'
import { createTemplateBucket } from '../aws/template-bucket.ts'
import type { Cloud } from './cloud.ts'
import { createDelegation } from './delegation.ts'

/** AWS, or what stands in for it, and the public DNS. Nothing is asked before the first call. */
export function connectCloud(settings: AwsSettings, dnsServer: string | undefined): Cloud {
  return {
    identity: createIdentity(settings),
    cloudFormation: createCloudFormation(settings),
    cloudControl: createCloudControl(settings),
    cloudFront: createCloudFront(settings),
    route53: createRoute53(settings),
    certificates: createCertificates(settings),
    templateBucket: createTemplateBucket(settings),
    functionCapacity: createFunctionCapacity(settings),
    identityProviders: createIdentityProviders(settings),
    httpApis: createHttpApis(settings),
    secretDescriptions: createSecretDescriptions(settings),
    delegation: createDelegation(dnsServer),
  }
}
