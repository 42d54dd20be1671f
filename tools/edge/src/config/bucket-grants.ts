import type { OriginGrants } from './distribution.ts'
import { admitted, allowsAction, namesIdentity, type Statement, statementsOf } from './policy-statements.ts'
import type { Resource, Template } from './read-template.ts'

export interface GrantsQuestion {
  readonly domainName: string
  /** The distribution that asks. */
  readonly distribution: string
  /** All distributions of the template, for grants that name none. */
  readonly distributions: readonly string[]
  /** Origin access identity the origin uses, if it does. */
  readonly identity: string | undefined
}

/** The bucket of the template behind a domain name; undefined: it is not in the template. */
export function bucketBehind(template: Template, domainName: string): Resource | undefined {
  return template.ofType('AWS::S3::Bucket').find((bucket) => {
    const attributes = ['RegionalDomainName', 'DomainName', 'DualStackDomainName']
    return (
      attributes.some((attribute) => template.attribute(bucket, attribute) === domainName) ||
      bucketNames(template, bucket).some((name) => domainName.startsWith(`${name}.s3`))
    )
  })
}

/**
 * Who may read the bucket behind an origin, by the bucket policies of the template. A bucket of the template without a
 * policy lets nobody in; of a bucket that the template neither holds nor speaks of, nothing is known.
 * @source AWS CloudFront Developer Guide, "Restrict access to an Amazon S3 origin"
 * @throws ConfigurationError `malformed`
 */
export function bucketGrants(template: Template, question: GrantsQuestion): OriginGrants | undefined {
  const bucket = bucketBehind(template, question.domainName)
  const names = bucket === undefined ? [] : bucketNames(template, bucket)
  const policies = template.ofType('AWS::S3::BucketPolicy').filter(({ properties }) => {
    const about = String(properties.Bucket)
    return names.includes(about) || question.domainName.startsWith(`${about}.s3`)
  })
  if (bucket === undefined && policies.length === 0) return undefined
  const statements = policies.flatMap(statementsOf)
  const lists = admittedTo('s3:ListBucket', statements, question)
  return {
    distributions: admittedTo('s3:GetObject', statements, question),
    mayList: lists.includes(question.distribution) || lists.includes('*'),
    authType: undefined,
  }
}

function bucketNames(template: Template, bucket: Resource): readonly string[] {
  const { BucketName } = bucket.properties
  return [template.ref(bucket), ...(typeof BucketName === 'string' ? [BucketName] : [])]
}

function admittedTo(action: string, statements: readonly Statement[], question: GrantsQuestion): readonly string[] {
  const ids = statements
    .filter((one) => allowsAction(one, action))
    .flatMap((one) => [
      ...admitted(one, question.distributions),
      ...(question.identity !== undefined && namesIdentity(one, question.identity) ? [question.distribution] : []),
    ])
  return [...new Set(ids)]
}
