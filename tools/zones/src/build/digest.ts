import { createHash } from 'node:crypto'

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** As Lambda says it of a package. @source AWS Lambda API Reference, "PublishVersion" (CodeSha256) */
export function codeSha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('base64')
}
