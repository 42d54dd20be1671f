import { AwsError } from '../wire/aws-error.ts'

const PREFIX = 'arn:aws:iam::aws:policy/'

/** Policies of AWS's own that roles may name here. AWS has over a thousand; add what is needed. @source AWS Managed Policy Reference Guide */
const KNOWN: ReadonlySet<string> = new Set([
  ...['AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess', 'SecurityAudit', 'job-function/ViewOnlyAccess'],
  ...['AWSXRayDaemonWriteAccess', 'AmazonS3ReadOnlyAccess', 'AmazonSSMManagedInstanceCore', 'IAMReadOnlyAccess'],
  ...['CloudWatchLambdaInsightsExecutionRolePolicy', 'service-role/AmazonAPIGatewayPushToCloudWatchLogs'],
  ...['service-role/AWSLambdaBasicExecutionRole', 'service-role/AWSLambdaVPCAccessExecutionRole'],
  ...['service-role/AWSLambdaSQSQueueExecutionRole', 'service-role/AmazonRDSEnhancedMonitoringRole'],
])

/** True for the ARN of a policy that AWS maintains. */
export function isAwsPolicy(arn: string): boolean {
  return arn.startsWith(PREFIX)
}

/**
 * Which policies of AWS's own which role has. Own, because moto takes a fifth of a second for each start over once it knows
 * them all.
 */
export class AwsPolicies {
  readonly #attached = new Map<string, Set<string>>()

  /** @throws AwsError NoSuchEntity for a policy that is not known here */
  attach(accountId: string, role: string, arn: string): void {
    if (!KNOWN.has(arn.slice(PREFIX.length))) {
      throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404)
    }
    const key = `${accountId} ${role}`
    this.#attached.set(key, (this.#attached.get(key) ?? new Set()).add(arn))
  }

  /** @throws AwsError NoSuchEntity for one that is not attached */
  detach(accountId: string, role: string, arn: string): void {
    if (this.#attached.get(`${accountId} ${role}`)?.delete(arn) === true) return
    throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, 404)
  }

  of(accountId: string, role: string): readonly string[] {
    return [...(this.#attached.get(`${accountId} ${role}`) ?? [])]
  }
}
