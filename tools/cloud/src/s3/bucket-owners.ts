/** Whose bucket is whose. Names are taken across all accounts. @source Amazon S3 User Guide, "General purpose bucket naming rules" */
export class BucketOwners {
  readonly #owners = new Map<string, string>()

  of(bucket: string): string | undefined {
    return this.#owners.get(bucket)
  }

  set(bucket: string, accountId: string): void {
    this.#owners.set(bucket, accountId)
  }

  delete(bucket: string): void {
    this.#owners.delete(bucket)
  }
}
