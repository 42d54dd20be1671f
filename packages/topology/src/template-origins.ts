import { LIVE_ALIAS } from './names.ts'
import { distributionArn, originsOf, pascal } from './template-ids.ts'
import type { Distribution, OriginId } from './types.ts'

/** Names of what stands behind a site's origins, which a template can only refer to. */
export interface OriginNames<Name extends string> {
  readonly stage: string
  readonly bucket: (zone: Name) => string
  /** The function of an origin; undefined for a bucket. */
  readonly function: (origin: OriginId<Name>) => string | undefined
}

/** An origin as a distribution names it: a bucket, or a function behind its URL, both for signed requests only. */
export function originProperties<Name extends string>(origin: OriginId<Name>) {
  if (isAssets(origin)) {
    return {
      Id: origin,
      DomainName: { 'Fn::GetAtt': [`${pascal(origin)}Bucket`, 'RegionalDomainName'] },
      OriginAccessControlId: { 'Fn::GetAtt': ['BucketAccess', 'Id'] },
      S3OriginConfig: {},
    }
  }
  return {
    Id: origin,
    DomainName: {
      'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': [`${pascal(origin)}Url`, 'FunctionUrl'] }] }],
    },
    OriginAccessControlId: { 'Fn::GetAtt': ['FunctionAccess', 'Id'] },
    CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'], OriginReadTimeout: 30 },
  }
}

/** Bucket with its policy, or function URL with its permissions: in either case for exactly the distributions that ask it. */
export function originResources<Name extends string>(
  origin: OriginId<Name>,
  all: readonly Distribution<Name>[],
  names: OriginNames<Name>,
) {
  const askers = [...new Set(all.filter((one) => originsOf(one).includes(origin)).map(({ zone }) => zone))]
  const functionOf = names.function(origin)
  if (functionOf === undefined) return bucketResources(origin, askers, names)
  const url = {
    Type: 'AWS::Lambda::Url',
    Properties: {
      TargetFunctionArn: {
        'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${functionOf}`,
      },
      Qualifier: LIVE_ALIAS,
      AuthType: 'AWS_IAM',
      InvokeMode: 'RESPONSE_STREAM',
    },
  }
  const permissions = askers.flatMap((zone) =>
    (['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'] as const).map((action) => [
      `${pascal(origin)}For${pascal(zone)}${action === 'lambda:InvokeFunction' ? 'Invoke' : 'Url'}`,
      {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: action,
          FunctionName: {
            'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${functionOf}:${LIVE_ALIAS}`,
          },
          Principal: 'cloudfront.amazonaws.com',
          SourceArn: distributionArn(zone),
          ...(action === 'lambda:InvokeFunction'
            ? { InvokedViaFunctionUrl: true }
            : { FunctionUrlAuthType: 'AWS_IAM' }),
        },
      },
    ]),
  )
  return { [`${pascal(origin)}Url`]: url, ...Object.fromEntries(permissions) }
}

function bucketResources<Name extends string>(
  origin: OriginId<Name>,
  askers: readonly Name[],
  names: OriginNames<Name>,
) {
  const BucketName = names.bucket(origin.replace(/-assets$/, '') as Name)
  const statement = (Action: string, Resource: string) => ({
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action,
    Resource,
    Condition: { StringEquals: { 'AWS:SourceArn': askers.map(distributionArn) } },
  })
  return {
    [`${pascal(origin)}Bucket`]: { Type: 'AWS::S3::Bucket', Properties: { BucketName } },
    [`${pascal(origin)}BucketPolicy`]: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: { Ref: `${pascal(origin)}Bucket` },
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            statement('s3:GetObject', `arn:aws:s3:::${BucketName}/*`),
            // Who may not list is told 403 for a file that is not there, and nobody can tell that from a broken policy.
            statement('s3:ListBucket', `arn:aws:s3:::${BucketName}`),
          ],
        },
      },
    },
  }
}

/** True for a zone's bucket, false for a function. */
export function isAssets(origin: string): boolean {
  return origin.endsWith('-assets')
}
