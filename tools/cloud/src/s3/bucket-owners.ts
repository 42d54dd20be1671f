import type { LoggingEnabled } from '@aws-sdk/client-s3'

/** Whose bucket is whose. Names are taken across all accounts. @source Amazon S3 User Guide, "General purpose bucket naming rules" */
export class BucketOwners {
  readonly #owners = new Map<string, string>()
  readonly #logging = new Map<string, LoggingEnabled>()

  of(bucket: string): string | undefined {
    return this.#owners.get(bucket)
  }

  set(bucket: string, accountId: string): void {
    this.#owners.set(bucket, accountId)
  }

  delete(bucket: string): void {
    this.#owners.delete(bucket)
    this.#logging.delete(bucket)
  }

  /** Where its access is logged to. */
  logging(bucket: string): LoggingEnabled | undefined {
    return this.#logging.get(bucket)
  }

  setLogging(bucket: string, logging: LoggingEnabled | undefined): void {
    if (logging === undefined) this.#logging.delete(bucket)
    else this.#logging.set(bucket, logging)
  }
}
