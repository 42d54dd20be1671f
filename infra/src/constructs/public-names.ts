import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager'
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront'
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53'
import { CfnOutput, type Stack } from 'aws-cdk-lib/core'
import { hostedZoneOf } from '../account-facts.ts'
import { logicalIdOf } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { resourcesOf, type TopologyResources } from './topology-resources.ts'

/** Hosted zone of every distribution. @source AWS CloudFormation Template Reference, "AWS::Route53::RecordSet AliasTarget" */
const CLOUDFRONT_HOSTED_ZONE = 'Z2FDTNDATAQYW2'

/** Gives every distribution its certificate, and every public name its addresses. */
export function publicNames(stack: Stack, described: StageDescription, site: TopologyResources): void {
  for (const [id, distribution] of resourcesOf(site, CfnDistribution.isCfnDistribution)) {
    const { aliases = [] } = distribution.distributionConfig as CfnDistribution.DistributionConfigProperty
    const certificate = certificateFor(stack, `${id.replace(/Distribution$/, '')}Certificate`, described, aliases)
    distribution.distributionConfig = {
      ...(distribution.distributionConfig as CfnDistribution.DistributionConfigProperty),
      viewerCertificate: {
        acmCertificateArn: certificate.ref,
        minimumProtocolVersion: 'TLSv1.2_2021',
        sslSupportMethod: 'sni-only',
      },
    }
    // Releases invalidate by it.
    new CfnOutput(stack, `${id}Id`, { value: distribution.ref })
    for (const name of aliases) {
      aliasRecords(stack, name, described, {
        dnsName: distribution.attrDomainName,
        hostedZoneId: CLOUDFRONT_HOSTED_ZONE,
      })
    }
  }
}

/**
 * A certificate for the names of one distribution, which can have one only. Never add a name to it: that replaces the
 * certificate. @source AWS CloudFormation Template Reference, "AWS::CertificateManager::Certificate"
 */
export function certificateFor(
  stack: Stack,
  id: string,
  { facts }: Pick<StageDescription, 'facts'>,
  [first = '', ...others]: readonly string[],
): CfnCertificate {
  return new CfnCertificate(stack, id, {
    domainName: first,
    ...(others.length === 0 ? {} : { subjectAlternativeNames: others }),
    validationMethod: 'DNS',
    domainValidationOptions: [first, ...others].map((domainName) => ({
      domainName,
      hostedZoneId: hostedZoneOf(facts, domainName),
    })),
  })
}

/** The IPv4 and the IPv6 record of a name, as aliases of an AWS resource. */
export function aliasRecords(
  stack: Stack,
  name: string,
  { facts }: Pick<StageDescription, 'facts'>,
  aliasTarget: CfnRecordSet.AliasTargetProperty,
): void {
  for (const type of ['A', 'AAAA']) {
    new CfnRecordSet(stack, `${logicalIdOf(name)}${type}`, {
      name,
      type,
      hostedZoneId: hostedZoneOf(facts, name),
      aliasTarget,
    })
  }
}
