import { type App, CfnResource, Validations } from 'aws-cdk-lib/core'

/** A finding of the HIPAA pack that stands, on purpose. */
export interface Acknowledgement {
  /** The pack's name of the rule. */
  readonly rule: string
  /** Type of the resources it is acknowledged for. */
  readonly type: string
  /** Their logical ids. */
  readonly ids: RegExp
  /** Day of the decision, YYYY-MM-DD. */
  readonly decided: string
  readonly reason: string
}

export const acknowledgements: readonly Acknowledgement[] = [
  {
    rule: 'LambdaDLQ',
    type: 'AWS::Lambda::Function',
    ids: /Function$/,
    decided: '2026-11-23',
    reason:
      'Called by function URLs and by the HTTP API, both synchronous; a dead-letter queue gets asynchronous calls.',
  },
  {
    rule: 'LambdaInsideVPC',
    type: 'AWS::Lambda::Function',
    ids: /(Pages|ApiRoutes)Function$/,
    decided: '2026-11-23',
    reason: 'Function URLs cannot stream out of a VPC. These functions store nothing and reach no database.',
  },
  {
    rule: 'LambdaInsideVPC',
    type: 'AWS::Lambda::Function',
    ids: /^Outreach(Api|Worker|Migrations)Function$/,
    decided: '2026-11-23',
    reason: 'Joins a VPC together with the database, and reaches no private address before.',
  },
  {
    rule: 'S3BucketReplicationEnabled',
    type: 'AWS::S3::Bucket',
    ids: /AssetsBucket$/,
    decided: '2026-11-23',
    reason: 'Holds files of releases only, which can be uploaded again; old versions are kept.',
  },
  {
    rule: 'S3BucketReplicationEnabled',
    type: 'AWS::S3::Bucket',
    ids: /^AccessLogs$/,
    decided: '2026-11-23',
    reason: 'Access logs serve operation. Who saw what is recorded by the backend, not by them.',
  },
  {
    rule: 'S3DefaultEncryptionKMS',
    type: 'AWS::S3::Bucket',
    ids: /AssetsBucket$/,
    decided: '2026-11-23',
    reason: 'Holds files that every browser may fetch. Encrypted with keys of S3.',
  },
  {
    rule: 'S3DefaultEncryptionKMS',
    type: 'AWS::S3::Bucket',
    ids: /^AccessLogs$/,
    decided: '2026-11-23',
    reason: 'Server access logs are delivered only to buckets that S3 encrypts with its own keys.',
  },
  {
    rule: 'SecretsManagerRotationEnabled',
    type: 'AWS::SecretsManager::Secret',
    ids: /Secret$/,
    decided: '2026-11-23',
    reason:
      'The values are agreed with Auth0 and the carrier, so that a person rotates them; a timer would cut them off.',
  },
]

/** The id under which the pack records an acknowledgement; the short one would silence the finding without a trace. */
export const recordedId = ({ rule }: Acknowledgement) => `HIPAA.Security::HIPAA.Security-${rule}`

/** Writes each acknowledgement, with day and reason, to the resources it is for. */
export function acknowledge(app: App): void {
  for (const resource of app.node.findAll()) {
    if (!CfnResource.isCfnResource(resource)) continue
    for (const one of acknowledgements) {
      if (resource.cfnResourceType !== one.type || !one.ids.test(resource.node.id)) continue
      Validations.of(resource).acknowledge({ id: recordedId(one), reason: `${one.decided}: ${one.reason}` })
    }
  }
}
