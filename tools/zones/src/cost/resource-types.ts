import type { CostGroup } from './cost-line.ts'

/** Where money for a type of resource is counted. */
const priced: Readonly<Record<string, CostGroup>> = {
  'AWS::EC2::NatGateway': 'network',
  'AWS::EC2::EIP': 'network',
  'AWS::EC2::VPCEndpoint': 'network',
  'AWS::EC2::VPC': 'network',
  'AWS::EC2::FlowLog': 'monitoring',
  'AWS::RDS::DBCluster': 'database',
  'AWS::RDS::DBInstance': 'database',
  'AWS::RDS::DBProxy': 'database',
  'AWS::Lambda::Function': 'compute',
  'AWS::Lambda::EventSourceMapping': 'compute',
  'AWS::ApiGatewayV2::Api': 'compute',
  'AWS::SQS::Queue': 'compute',
  'AWS::Scheduler::Schedule': 'compute',
  'AWS::CloudFront::Distribution': 'delivery',
  'AWS::CloudFront::Function': 'delivery',
  'AWS::S3::Bucket': 'delivery',
  'AWS::WAFv2::WebACL': 'protection',
  'AWS::WAFv2::LoggingConfiguration': 'monitoring',
  'AWS::KMS::Key': 'protection',
  'AWS::CloudFront::MonitoringSubscription': 'monitoring',
  'AWS::CloudWatch::Alarm': 'monitoring',
  'AWS::CloudWatch::Dashboard': 'monitoring',
  'AWS::Logs::LogGroup': 'monitoring',
  'AWS::Logs::MetricFilter': 'monitoring',
  'AWS::Logs::DeliveryDestination': 'monitoring',
  'AWS::SNS::Topic': 'monitoring',
  'AWS::SecretsManager::Secret': 'secrets',
}

const wiring = 'says how parts of a service belong together; what flows through it is billed there'
const permission = 'says who may do what; IAM is free'
const network = 'a VPC and its parts are free; what has a price of its own is counted by itself'
const ofDistribution = 'a part of a distribution, which is billed by its requests'
const ofFunction = 'a part of a function, which is billed by its calls'

/** Why a type of resource costs nothing by itself. */
const free: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::ApiMapping': wiring,
  'AWS::ApiGatewayV2::DomainName': wiring,
  'AWS::ApiGatewayV2::Integration': wiring,
  'AWS::ApiGatewayV2::Route': wiring,
  'AWS::ApiGatewayV2::Stage': wiring,
  'AWS::Budgets::Budget': 'a budget that only sends mail is free',
  'AWS::CertificateManager::Certificate': 'public certificates that stay inside AWS are free',
  'AWS::CloudFront::CachePolicy': ofDistribution,
  'AWS::CloudFront::OriginAccessControl': ofDistribution,
  'AWS::CloudFront::OriginRequestPolicy': ofDistribution,
  'AWS::CloudFront::ResponseHeadersPolicy': ofDistribution,
  'AWS::EC2::InternetGateway': network,
  'AWS::EC2::Route': network,
  'AWS::EC2::RouteTable': network,
  'AWS::EC2::SecurityGroup': network,
  'AWS::EC2::SecurityGroupEgress': network,
  'AWS::EC2::SecurityGroupIngress': network,
  'AWS::EC2::Subnet': network,
  'AWS::EC2::SubnetRouteTableAssociation': network,
  'AWS::EC2::VPCGatewayAttachment': network,
  'AWS::IAM::ManagedPolicy': permission,
  'AWS::IAM::OIDCProvider': permission,
  'AWS::IAM::Role': permission,
  'AWS::KMS::Alias': 'a name for a key, which is counted by itself',
  'AWS::Lambda::Alias': ofFunction,
  'AWS::Lambda::Permission': permission,
  'AWS::Lambda::Url': 'function URLs are free, and so is streaming below 6 MB an answer',
  'AWS::Lambda::Version': ofFunction,
  'AWS::Logs::Delivery':
    'what is delivered is counted at its destination; that delivery into a bucket is free is unverified',
  'AWS::Logs::DeliverySource': wiring,
  'AWS::Logs::QueryDefinition': 'a saved search; searching is billed by what is searched',
  'AWS::Logs::ResourcePolicy': permission,
  'AWS::RDS::DBClusterParameterGroup': 'settings of a cluster',
  'AWS::RDS::DBProxyTargetGroup': 'settings of a proxy, which is counted by itself',
  'AWS::RDS::DBSubnetGroup': network,
  'AWS::Route53::RecordSet':
    'queries for aliases of distributions and APIs are free; the hosted zone is not of this stage',
  'AWS::S3::BucketPolicy': permission,
  'AWS::SNS::Subscription': 'mail is billed by the piece, with its topic',
  'AWS::SNS::TopicPolicy': permission,
  'AWS::SQS::QueuePolicy': permission,
  'AWS::Scheduler::ScheduleGroup': wiring,
}

export type TypeCost =
  | { readonly kind: 'priced'; readonly group: CostGroup }
  | { readonly kind: 'free'; readonly why: string }
  /** Nobody has thought about it yet. */
  | { readonly kind: 'unknown' }

/** What a type of resource costs: counted in a group, nothing for a reason, or not known. */
export function costOfType(type: string): TypeCost {
  const group = priced[type]
  if (group !== undefined) return { kind: 'priced', group }
  const why = free[type]
  return why === undefined ? { kind: 'unknown' } : { kind: 'free', why }
}

export const pricedTypes = Object.keys(priced)
export const freeTypes = Object.keys(free)
