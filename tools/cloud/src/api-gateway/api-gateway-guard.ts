import type { Certificates } from '../acm/certificates.ts'
import type { Guard } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { jsonOf } from '../wire/json-protocol.ts'

interface WithCertificates {
  readonly domainName?: string
  readonly domainNameConfigurations?: readonly { readonly certificateArn?: string }[]
}

/** API Gateway: moto gives a domain to whoever asks. */
export function apiGatewayGuard(certificates: Certificates): Guard {
  return {
    name: 'apigateway',
    before: ({ action, request, accountId }) => {
      if (action !== 'POST /v2/domainnames') return undefined
      const { domainName = '', domainNameConfigurations = [] } = jsonOf(request.body) as WithCertificates
      for (const { certificateArn } of domainNameConfigurations) {
        requireCertificate(certificates, accountId, domainName, certificateArn)
      }
      return undefined
    },
  }
}

/**
 * A domain needs a certificate that is issued for it. The sentence is unverified.
 * @source Amazon API Gateway Developer Guide, "Custom domain names for HTTP APIs"
 * @throws AwsError BadRequestException
 */
export function requireCertificate(certificates: Certificates, accountId: string, domain: string, arn = ''): void {
  const found = certificates.of(accountId).find((one) => one.arn === arn)
  const parent = domain.split('.').slice(1).join('.')
  const covers = found?.names.some((name) => name === domain || name === `*.${parent}`)
  if (found !== undefined && covers && certificates.isIssued(found)) return
  throw new AwsError('BadRequestException', `The certificate ${arn} is not issued for ${domain}.`)
}
