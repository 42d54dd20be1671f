import { GetObjectCommand } from '@aws-sdk/client-s3'
import type { MotoClients } from '../moto/moto-clients.ts'
import { AwsError } from '../wire/aws-error.ts'
import { checkZip, MAX_ZIP_BYTES } from './zip.ts'

/** Where a function's code is said to be. */
export interface GivenCode {
  readonly ZipFile?: Uint8Array | undefined
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
  readonly S3ObjectVersion?: string | undefined
}

/** The zip that a request gives or names. @throws AwsError when there is none, or Lambda would not take it */
export type CodeSource = (
  code: GivenCode,
  context: { readonly accountId: string; readonly region: string },
) => Promise<Buffer>

/** Reads zips from requests and from S3. */
export function codeSource(clients: MotoClients): CodeSource {
  return async ({ ZipFile, S3Bucket, S3Key, S3ObjectVersion }, { accountId, region }) => {
    if (ZipFile !== undefined) {
      if (ZipFile.byteLength > MAX_ZIP_BYTES) {
        const message = `Zipped size must be smaller than ${MAX_ZIP_BYTES} bytes`
        throw new AwsError('RequestEntityTooLargeException', message, 413, { Type: 'User' })
      }
      return checked(Buffer.from(ZipFile))
    }
    if (S3Bucket === undefined || S3Key === undefined) {
      throw new AwsError('InvalidParameterValueException', 'Please provide a source for function code.')
    }
    try {
      const { Body } = await clients(accountId, region).s3.send(
        new GetObjectCommand({
          ...{ Bucket: S3Bucket, Key: S3Key },
          ...(S3ObjectVersion === undefined ? {} : { VersionId: S3ObjectVersion }),
        }),
      )
      return checked(Buffer.from((await Body?.transformToByteArray()) ?? []))
    } catch (error) {
      if (error instanceof AwsError || !(error instanceof Error)) throw error
      throw new AwsError(
        'InvalidParameterValueException',
        `Error occurred while GetObject. S3 Error Code: ${error.name}. S3 Error Message: ${error.message}`,
      )
    }
  }
}

function checked(zip: Buffer): Buffer {
  checkZip(zip)
  return zip
}
