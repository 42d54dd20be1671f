import { type App, CfnResource, Validations } from 'aws-cdk-lib/core'

/** Who finds something: the HIPAA pack, or CloudFormation's own rules. */
type Pack = 'HIPAA' | 'CloudFormation'

/** A finding that stands, on purpose. */
export interface Acknowledgement {
  readonly pack: Pack
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
    pack: 'HIPAA',
    rule: 'LambdaDLQ',
    type: 'AWS::Lambda::Function',
    ids: /(Pages|ApiRoutes|OutreachApi|Migrations)Function$/,
    decided: '2026-11-23',
    reason:
      'Called by function URLs, by the HTTP API and by releases, all synchronous; a dead-letter queue gets asynchronous calls.',
  },
  {
    pack: 'HIPAA',
    rule: 'LambdaInsideVPC',
    type: 'AWS::Lambda::Function',
    ids: /(Pages|ApiRoutes)Function$/,
    decided: '2026-11-23',
    reason: 'Function URLs cannot stream out of a VPC. These functions store nothing and reach no database.',
  },
  {
    pack: 'HIPAA',
    rule: 'S3BucketReplicationEnabled',
    type: 'AWS::S3::Bucket',
    ids: /AssetsBucket$/,
    decided: '2026-11-23',
    reason: 'Holds files of releases only, which can be uploaded again; old versions are kept.',
  },
  {
    pack: 'HIPAA',
    rule: 'S3BucketReplicationEnabled',
    type: 'AWS::S3::Bucket',
    ids: /^AccessLogs$/,
    decided: '2026-11-23',
    reason: 'Access logs serve operation. Who saw what is recorded by the backend, not by them.',
  },
  {
    pack: 'HIPAA',
    rule: 'S3BucketReplicationEnabled',
    type: 'AWS::S3::Bucket',
    ids: /^Releases$/,
    decided: '2026-11-28',
    reason:
      'Holds what is built from the repository and what was done with it. Nothing of a patient; old versions are kept.',
  },
  {
    pack: 'HIPAA',
    rule: 'S3BucketReplicationEnabled',
    type: 'AWS::S3::Bucket',
    ids: /^Media$/,
    decided: '2026-11-29',
    reason:
      'Pictures lie where the conversations do that name them: in one region, in several zones of it. Old versions are kept.',
  },
  {
    pack: 'HIPAA',
    rule: 'S3DefaultEncryptionKMS',
    type: 'AWS::S3::Bucket',
    ids: /AssetsBucket$/,
    decided: '2026-11-23',
    reason: 'Holds files that every browser may fetch. Encrypted with keys of S3.',
  },
  {
    pack: 'HIPAA',
    rule: 'S3DefaultEncryptionKMS',
    type: 'AWS::S3::Bucket',
    ids: /^AccessLogs$/,
    decided: '2026-11-23',
    reason: 'Server access logs are delivered only to buckets that S3 encrypts with its own keys.',
  },
  {
    pack: 'HIPAA',
    rule: 'SecretsManagerRotationEnabled',
    type: 'AWS::SecretsManager::Secret',
    ids: /Secret$/,
    decided: '2026-11-23',
    reason:
      'The values are agreed with Auth0 and the carrier, so that a person rotates them; a timer would cut them off.',
  },
  {
    pack: 'HIPAA',
    rule: 'RDSInBackupPlan',
    type: 'AWS::RDS::DBInstance',
    ids: /^DatabaseInstance\d$/,
    decided: '2026-11-28',
    reason:
      'An instance of Aurora stores nothing. The cluster is backed up without a gap and can be put back to any second of 7, 14 or 35 days.',
  },
  {
    pack: 'HIPAA',
    rule: 'VPCDefaultSecurityGroupClosed',
    type: 'AWS::EC2::VPC',
    ids: /^Vpc$/,
    decided: '2026-11-28',
    reason:
      'CloudFormation cannot take rules from a group that it did not make. Nothing is in it: each part names its own.',
  },
  {
    pack: 'HIPAA',
    rule: 'VPCNoUnrestrictedRouteToIGW',
    type: 'AWS::EC2::Route',
    ids: /^PublicRoute$/,
    decided: '2026-11-28',
    reason:
      'The way out of the NAT gateways, in subnets that hold nothing else and give no public addresses: the carrier is on the internet.',
  },
]

/** The id under which the pack records an acknowledgement; the short one would silence the finding without a trace. */
export const recordedId = ({ pack, rule }: Acknowledgement) =>
  pack === 'HIPAA' ? `HIPAA.Security::HIPAA.Security-${rule}` : `CloudFormation-Validate::${rule}`

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
