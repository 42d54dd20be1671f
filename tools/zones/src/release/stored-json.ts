import type { z } from 'zod'
import type { Bucket } from './bucket.ts'
import { ReleaseStop } from './release-stop.ts'

export interface StoredJson<Value> {
  readonly value: Value
  readonly etag: string
  readonly writtenAtMs: number
  readonly nowMs: number
}

/** What `key` holds, checked. @throws ReleaseStop when it holds something else: nobody guesses what a stage is at */
export async function readJson<Schema extends z.ZodType>(
  bucket: Pick<Bucket, 'read'>,
  key: string,
  schema: Schema,
): Promise<StoredJson<z.output<Schema>> | undefined> {
  const stored = await bucket.read(key)
  if (stored === undefined) return undefined
  const parsed = schema.safeParse(json(stored.text))
  if (parsed.success) {
    return { value: parsed.data, etag: stored.etag, writtenAtMs: stored.writtenAtMs, nowMs: stored.nowMs }
  }
  throw new ReleaseStop(
    'refused',
    `${key} in the bucket of releases is not what this version writes. Look at its former versions in S3.`,
  )
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
