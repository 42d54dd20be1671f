import {
  ACMClient,
  DescribeCertificateCommand,
  RequestCertificateCommand,
  waitUntilCertificateValidated,
} from '@aws-sdk/client-acm'
import {
  CloudFrontClient,
  CreateDistributionCommand,
  type DefaultCacheBehavior,
  type DistributionConfig,
} from '@aws-sdk/client-cloudfront'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  LambdaClient,
  PublishVersionCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { ChangeResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53'
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3'
import type { Cloud as Emulator } from '@sax/cloud'
import { clientOptions } from '../../src/aws/client-settings.ts'
import { develop, settingsOf } from './emulator.ts'

const FUNCTION = 'sax-lambda-us-east-1-0x-d-outreach-server_develop'
const BUCKET = 'sax-nextjs-us-east-1-develop-outreach-assets'
const NAMES = ['outreach-dev.mydreamconnect.com', 'outreach.mydreamconnect.com'] as const
const HOSTED_ZONE = Object.values(develop.hostedZones)[0] ?? ''

/** What the older scripts left in an account. */
export interface OldSite {
  readonly distributionId: string
  readonly domainName: string
  readonly functionName: string
  readonly functionUrl: string
  /** Version that the alias `live` points at. */
  readonly liveVersion: string
  readonly bucket: string
}

/**
 * The zone as a person made it by hand from the deployment checklist, with its mistakes: pages cached and the viewer's
 * Host forwarded, the exact base path missing, a bucket that one distribution may read, an older runtime.
 */
export async function makeOldSite(emulator: Emulator): Promise<OldSite> {
  const options = clientOptions(settingsOf(emulator))
  const iam = new IAMClient(options)
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: 'old-outreach',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      }),
    }),
  )
  const { functionUrl, liveVersion } = await oldFunction(new LambdaClient(options), Role?.Arn ?? '')
  const s3 = new S3Client({ ...options, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }))
  const certificateArn = await oldCertificate(new ACMClient(options), new Route53Client(options))
  const cloudFront = new CloudFrontClient(options)
  const { Distribution } = await cloudFront.send(
    new CreateDistributionCommand({
      DistributionConfig: oldDistribution(certificateArn, new URL(functionUrl).hostname),
    }),
  )
  const { Id: distributionId = '', DomainName: domainName = '' } = Distribution ?? {}
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: BUCKET,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 's3:GetObject',
            Resource: `arn:aws:s3:::${BUCKET}/*`,
            Condition: {
              StringEquals: {
                'AWS:SourceArn': `arn:aws:cloudfront::${develop.accountId}:distribution/${distributionId}`,
              },
            },
          },
        ],
      }),
    }),
  )
  await pointAt(new Route53Client(options), domainName)
  return { distributionId, domainName, functionName: FUNCTION, functionUrl, liveVersion, bucket: BUCKET }
}

async function oldFunction(lambda: LambdaClient, role: string) {
  const FunctionName = FUNCTION
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs22.x',
      Role: role,
      Handler: 'index.handler',
      MemorySize: 512,
      Code: { ZipFile: Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64') },
      Environment: { Variables: { AUTH0_CLIENT_SECRET: 'in-the-environment' } },
    }),
  )
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 10, minDelay: 1 }, { FunctionName })
  const { Version = '' } = await lambda.send(new PublishVersionCommand({ FunctionName }))
  await lambda.send(
    new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version, Description: 'by hand' }),
  )
  const { FunctionUrl = '' } = await lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName, Qualifier: 'live', AuthType: 'NONE' }),
  )
  return { functionUrl: FunctionUrl, liveVersion: Version }
}

async function oldCertificate(acm: ACMClient, route53: Route53Client): Promise<string> {
  const [first, ...others] = NAMES
  const { CertificateArn = '' } = await acm.send(
    new RequestCertificateCommand({ DomainName: first, SubjectAlternativeNames: others, ValidationMethod: 'DNS' }),
  )
  const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }))
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: HOSTED_ZONE,
      ChangeBatch: {
        Changes: (Certificate?.DomainValidationOptions ?? []).map(({ ResourceRecord }) => ({
          Action: 'UPSERT',
          ResourceRecordSet: {
            Name: ResourceRecord?.Name,
            Type: 'CNAME',
            TTL: 300,
            ResourceRecords: [{ Value: ResourceRecord?.Value }],
          },
        })),
      },
    }),
  )
  await waitUntilCertificateValidated({ client: acm, maxWaitTime: 20, minDelay: 1 }, { CertificateArn })
  return CertificateArn
}

function oldDistribution(ACMCertificateArn: string, functionHost: string): DistributionConfig {
  const methods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'] as const
  const behavior: Omit<DefaultCacheBehavior, 'CachePolicyId'> = {
    TargetOriginId: 'OutreachLambdaOrigin',
    ViewerProtocolPolicy: 'redirect-to-https',
    AllowedMethods: {
      Quantity: methods.length,
      Items: [...methods],
      CachedMethods: { Quantity: 2, Items: ['GET' as const, 'HEAD' as const] },
    },
    OriginRequestPolicyId: '216adef6-5c7f-47e4-b989-5492eafa07d3',
    Compress: true,
  }
  return {
    CallerReference: 'by hand',
    Comment: 'outreach, by hand',
    Enabled: true,
    Aliases: { Quantity: NAMES.length, Items: [...NAMES] },
    ViewerCertificate: { ACMCertificateArn, SSLSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' },
    Origins: {
      Quantity: 1,
      Items: [
        {
          Id: 'OutreachLambdaOrigin',
          DomainName: functionHost,
          CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
        },
      ],
    },
    CacheBehaviors: {
      Quantity: 1,
      Items: [{ ...behavior, PathPattern: '/outreach/*', CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' }],
    },
    DefaultCacheBehavior: { ...behavior, CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' },
  }
}

async function pointAt(route53: Route53Client, domainName: string): Promise<void> {
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: HOSTED_ZONE,
      ChangeBatch: {
        Changes: NAMES.map((Name) => ({
          Action: 'UPSERT',
          ResourceRecordSet: {
            Name,
            Type: 'A',
            AliasTarget: { DNSName: domainName, HostedZoneId: 'Z2FDTNDATAQYW2', EvaluateTargetHealth: false },
          },
        })),
      },
    }),
  )
}
