/** Name of the bucket behind an S3 origin's domain name; undefined: it is no bucket's. @source Amazon S3 User Guide, "Virtual hosting of buckets" */
export function bucketOf(domainName: string): string | undefined {
  return /^(.+)\.s3[.-](?!website)(?:[a-z0-9-]+\.)*amazonaws\.com$/.exec(domainName)?.[1]
}
