/**
 * How a price is known. `page`: AWS's own page says it. `recorded`: others have recorded it from AWS's price list, and what
 * was read of the page does not contradict. `unverified`: from memory.
 */
export type PriceEvidence = 'page' | 'recorded' | 'unverified'

export interface Price {
  readonly usd: number
  /** What AWS counts, after "per". */
  readonly unit: string
  /** Title of AWS's page. */
  readonly source: string
  /** Day it was read, `YYYY-MM-DD`. */
  readonly readOn: string
  readonly evidence: PriceEvidence
}

const READ_ON = '2026-11-28'

const price = (usd: number, unit: string, source: string, evidence: PriceEvidence = 'recorded'): Price => ({
  usd,
  unit,
  source,
  readOn: READ_ON,
  evidence,
})

/**
 * List prices of us-east-1 in US dollars, each in its first and dearest tier. What is free up to some amount is priced from
 * the first piece on, for the account may have used that amount up elsewhere.
 */
export const priceList = {
  natGatewayHour: price(0.045, 'gateway-hour', 'Amazon VPC Pricing'),
  natGatewayGb: price(0.045, 'GB processed', 'Amazon VPC Pricing'),
  publicIpHour: price(0.005, 'address-hour', 'Amazon VPC Pricing'),
  endpointHour: price(0.01, 'endpoint-hour', 'AWS PrivateLink Pricing'),
  endpointGb: price(0.01, 'GB processed', 'AWS PrivateLink Pricing', 'page'),
  internetOutGb: price(0.09, 'GB sent to the internet', 'Amazon EC2 On-Demand Pricing'),
  betweenZonesGb: price(0.01, 'GB, each way', 'Amazon EC2 On-Demand Pricing'),

  acuHour: price(0.12, 'ACU-hour, Aurora Standard', 'Amazon Aurora Pricing'),
  databaseGb: price(0.1, 'GB-month', 'Amazon Aurora Pricing'),
  databaseIo: price(0.2, 'million requests', 'Amazon Aurora Pricing'),
  backupGb: price(0.021, 'GB-month over the database’s size', 'Amazon Aurora Pricing'),
  proxyAcuHour: price(0.015, 'ACU-hour, at least 8 ACU', 'Amazon RDS Proxy Pricing'),

  lambdaRequests: price(0.2, 'million requests', 'AWS Lambda Pricing'),
  lambdaArmGbSecond: price(0.0000133334, 'GB-second, Arm', 'AWS Lambda Pricing'),
  lambdaX86GbSecond: price(0.0000166667, 'GB-second, x86', 'AWS Lambda Pricing'),
  httpApiRequests: price(1, 'million requests', 'Amazon API Gateway Pricing'),
  sqsRequests: price(0.4, 'million requests', 'Amazon SQS Pricing'),
  schedulerCalls: price(1, 'million invocations', 'Amazon EventBridge Pricing'),

  cloudFrontRequests: price(1, 'million requests, US', 'Amazon CloudFront Pricing'),
  cloudFrontGb: price(0.085, 'GB delivered, US', 'Amazon CloudFront Pricing'),
  cloudFrontFunctionCalls: price(0.1, 'million calls', 'Amazon CloudFront Pricing'),
  s3Gb: price(0.023, 'GB-month', 'Amazon S3 Pricing'),
  s3Reads: price(0.4, 'million GET requests', 'Amazon S3 Pricing'),
  s3Writes: price(5, 'million PUT requests', 'Amazon S3 Pricing'),

  firewallMonth: price(5, 'web ACL-month', 'AWS WAF Pricing'),
  firewallRuleMonth: price(1, 'rule-month', 'AWS WAF Pricing'),
  firewallRequests: price(0.6, 'million requests', 'AWS WAF Pricing'),
  keyMonth: price(1, 'key-month', 'AWS Key Management Service Pricing'),
  keyCalls: price(3, 'million requests', 'AWS Key Management Service Pricing'),

  alarmMetricMonth: price(0.1, 'alarm metric-month', 'Amazon CloudWatch Pricing'),
  fastAlarmMetricMonth: price(0.3, 'alarm metric-month, high resolution', 'Amazon CloudWatch Pricing'),
  dashboardMonth: price(3, 'dashboard-month', 'Amazon CloudWatch Pricing'),
  metricMonth: price(0.3, 'custom metric-month', 'Amazon CloudWatch Pricing'),
  logGb: price(0.5, 'GB taken in', 'Amazon CloudWatch Pricing'),
  /** Logs that AWS writes for a customer cost the same as the customer's own in the first tier. */
  vendedLogGb: price(0.5, 'GB taken in', 'Amazon CloudWatch Pricing', 'unverified'),
  storedLogGb: price(0.03, 'GB-month, compressed', 'Amazon CloudWatch Pricing'),
  searchedLogGb: price(0.005, 'GB searched', 'Amazon CloudWatch Pricing'),
  traces: price(5, 'million traces recorded', 'AWS X-Ray Pricing', 'page'),
  mails: price(20, 'million e-mails', 'Amazon SNS Pricing'),

  secretMonth: price(0.4, 'secret-month', 'AWS Secrets Manager Pricing'),
  secretCalls: price(5, 'million calls', 'AWS Secrets Manager Pricing'),
} as const satisfies Readonly<Record<string, Price>>

/** Hours that AWS's own calculators count a month as. */
export const HOURS_A_MONTH = 730

/** The oldest day that any price was read on. */
export function pricesReadOn(prices: readonly Price[] = Object.values(priceList)): string {
  return prices.map(({ readOn }) => readOn).sort()[0] ?? READ_ON
}
