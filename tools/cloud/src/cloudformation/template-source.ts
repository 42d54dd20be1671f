import { GetObjectCommand } from '@aws-sdk/client-s3'
import type { MotoClients } from '../moto/moto-clients.ts'
import type { BucketOwners } from '../s3/bucket-owners.ts'
import type { CallContext } from '../server/own-api.ts'
import { parseTemplate } from './engine/parse-template.ts'
import { checkTypes } from './engine/prepare-change-set.ts'
import { invalid, type Template } from './engine/template.ts'

/** @source AWS CloudFormation User Guide, "Understand CloudFormation quotas" */
const MAX_BODY_BYTES = 51_200
const MAX_OBJECT_BYTES = 1_000_000

const ADDRESS = /^https:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.s3\.([a-z0-9-]+)\.amazonaws\.com\/(.+)$/

/** Where a template is said to be. */
export interface GivenTemplate {
  readonly TemplateBody?: string | undefined
  readonly TemplateURL?: string | undefined
}

/** The text that a request gives or names. @throws AwsError ValidationError */
export type ReadTemplate = (given: GivenTemplate, context: CallContext) => Promise<string>

/** Reads templates from requests and from S3, from buckets in virtual-hosted style only. */
export function templateReader(clients: MotoClients, buckets: BucketOwners): ReadTemplate {
  return async ({ TemplateBody: body, TemplateURL: url }, { accountId, region }) => {
    if (body !== undefined && url !== undefined)
      throw invalid('Only one of Template URL or Template Body may be specified.')
    if (body !== undefined) {
      if (Buffer.byteLength(body) <= MAX_BODY_BYTES) return body
      throw invalid(
        "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200",
      )
    }
    if (url === undefined) throw invalid('Either Template URL or Template Body must be specified.')
    const [, Bucket, , key] = ADDRESS.exec(url) ?? []
    if (Bucket === undefined || key === undefined) throw invalid('TemplateURL must be a supported URL.')
    if (buckets.of(Bucket) !== undefined && buckets.of(Bucket) !== accountId) throw s3Error('Access Denied')
    const text = await objectText(clients, { accountId, region }, Bucket, decodeURIComponent(key))
    if (Buffer.byteLength(text) <= MAX_OBJECT_BYTES) return text
    throw invalid(`Template may not exceed ${MAX_OBJECT_BYTES} bytes in size.`)
  }
}

/** The template that a request gives or names, read and checked. @throws AwsError ValidationError */
export async function templateOf(read: ReadTemplate, given: GivenTemplate, context: CallContext): Promise<Template> {
  const template = parseTemplate(await read(given, context))
  checkTypes(template)
  return template
}

async function objectText(
  clients: MotoClients,
  { accountId, region }: { readonly accountId: string; readonly region: string },
  Bucket: string,
  Key: string,
): Promise<string> {
  try {
    const { Body } = await clients(accountId, region).s3.send(new GetObjectCommand({ Bucket, Key }))
    return (await Body?.transformToString()) ?? ''
  } catch (error) {
    throw s3Error(error instanceof Error ? error.message : String(error))
  }
}

function s3Error(message: string) {
  return invalid(
    `S3 error: ${message}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`,
  )
}
