import type { PlannedAction } from './stack-plan.ts'

interface Risk {
  readonly type: RegExp
  /** Top-level property; absent: any. */
  readonly property?: RegExp
  readonly says: string
}

/** What a change in place means to those who use the site. The first that fits is said; each is about one kind of resource. */
const risks: readonly Risk[] = [
  {
    type: /^AWS::CloudFront::Distribution$/,
    says: 'takes minutes to reach every edge location; old and new answer side by side',
  },
  { type: /^AWS::CloudFront::Function$/, says: 'runs before every request as soon as it is published' },
  { type: /^AWS::CloudFront::/, says: 'used by every distribution of the stage at once' },
  { type: /^AWS::WAFv2::WebACL$/, says: 'takes effect within minutes; a rule too many refuses people' },
  { type: /^AWS::Route53::/, says: 'resolvers keep the old answer for up to a minute' },
  { type: /^AWS::Lambda::Function$/, property: /^ReservedConcurrentExecutions$/, says: 'takes effect at once' },
  {
    type: /^AWS::Lambda::Function$/,
    property: /^Architectures$/,
    says: 'sends the placeholder once more; what answers now stays, and the next release brings its code',
  },
  { type: /^AWS::Lambda::Function$/, says: 'reaches people with the next release; versions keep their settings' },
  { type: /^AWS::Lambda::Url$/, says: 'takes effect at once; who may call is decided here' },
  { type: /^AWS::IAM::/, says: 'takes effect within seconds; a right too few fails calls' },
  { type: /^AWS::S3::BucketPolicy$/, says: 'takes effect at once; a mistake answers 403 for every file' },
  {
    type: /^AWS::S3::Bucket$/,
    property: /^LifecycleConfiguration$/,
    says: 'decides what is thrown away; look at each rule',
  },
  { type: /^AWS::S3::/, says: 'takes effect at once' },
  { type: /^AWS::RDS::DBInstance$/, says: 'may restart the instance and end its connections' },
  {
    type: /^AWS::RDS::DBCluster$/,
    property: /^EngineVersion$/,
    says: 'upgrades the database: connections end for minutes',
  },
  { type: /^AWS::RDS::DBClusterParameterGroup$/, says: 'some parameters wait for a restart of the instances' },
  { type: /^AWS::RDS::/, says: 'may end connections; functions connect again by themselves' },
  {
    type: /^AWS::EC2::(Route|SubnetRouteTableAssociation|NatGateway|VPCEndpoint)$/,
    says: 'connections under way may be cut',
  },
  { type: /^AWS::EC2::/, says: 'takes effect at once on the network' },
  { type: /^AWS::ApiGatewayV2::/, says: 'takes effect with the stage’s next deployment, at once' },
  { type: /^AWS::SQS::/, says: 'messages that are waiting stay' },
  { type: /^AWS::(Scheduler|Events)::/, says: 'takes effect with the next run' },
  { type: /^AWS::SecretsManager::/, says: 'the values inside stay as they are' },
  { type: /^AWS::KMS::/, says: 'who may decrypt changes at once' },
  { type: /^AWS::(CloudWatch|Logs|SNS|Budgets)::/, says: 'nobody who uses the site notices' },
]

/** What is noticed of an action on a resource; `properties` are the top-level ones that change. */
export function riskOf(type: string, action: PlannedAction, properties: readonly string[]): string {
  if (action === 'add') return 'none: it is new'
  if (action === 'adopt') return 'none: it stays as it is and belongs to the stack from now on'
  if (action === 'remove') return 'it would no longer be looked after'
  if (action === 'replace')
    return 'a new one would be made, and everything that points at the old one would have to follow'
  const fits = risks.find(
    (risk) =>
      risk.type.test(type) && (risk.property === undefined || properties.every((name) => risk.property?.test(name))),
  )
  return fits?.says ?? 'changed in place'
}
