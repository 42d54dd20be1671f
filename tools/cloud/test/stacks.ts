import {
  type Change,
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type ExecuteChangeSetCommandInput,
  type Stack,
  type StackEvent,
} from '@aws-sdk/client-cloudformation'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { Cloud } from '../src/index.ts'
import { asOwner } from './clients.ts'

const TEMPLATES = 'templates-of-tests'

/** Whoever works with stacks in a test: through the genuine client, and nothing else. */
export function stacksOf(cloud: Cloud) {
  const cfn = new CloudFormationClient(asOwner(cloud))
  let sets = 0

  /** Makes a change set of a template, sent inline or, when it is too large, through S3. */
  const create = async (StackName: string, template: object, more: Partial<CreateChangeSetCommandInput> = {}) => {
    const body = JSON.stringify(template)
    const source = body.length <= 51_200 ? { TemplateBody: body } : { TemplateURL: await uploaded(cloud, body) }
    const { Id = '' } = await cfn.send(
      new CreateChangeSetCommand({
        ...{ StackName, ChangeSetName: `set-${++sets}`, Capabilities: ['CAPABILITY_NAMED_IAM'], ...source, ...more },
      }),
    )
    return Id
  }

  /** A change set with the changes of all pages. */
  const describe = async (
    ChangeSetName: string,
    IncludePropertyValues = false,
  ): Promise<DescribeChangeSetCommandOutput> => {
    const first = await cfn.send(new DescribeChangeSetCommand({ ChangeSetName, IncludePropertyValues }))
    const Changes: Change[] = [...(first.Changes ?? [])]
    for (let token = first.NextToken; token !== undefined; ) {
      const page = await cfn.send(
        new DescribeChangeSetCommand({ ChangeSetName, IncludePropertyValues, NextToken: token }),
      )
      Changes.push(...(page.Changes ?? []))
      token = page.NextToken
    }
    return { ...first, Changes }
  }

  const stack = async (StackName: string): Promise<Stack> => {
    const { Stacks } = await cfn.send(new DescribeStacksCommand({ StackName }))
    if (Stacks?.[0] === undefined) throw new Error(`no stack ${StackName}`)
    return Stacks[0]
  }

  /** The stack once nothing goes on any more. */
  const settled = async (StackName: string): Promise<Stack> => {
    for (;;) {
      const found = await stack(StackName)
      if (!found.StackStatus?.endsWith('_IN_PROGRESS')) return found
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  const execute = async (ChangeSetName: string, more: Partial<ExecuteChangeSetCommandInput> = {}) => {
    const { StackName = '' } = await cfn.send(new DescribeChangeSetCommand({ ChangeSetName }))
    await cfn.send(new ExecuteChangeSetCommand({ ChangeSetName, ...more }))
    return settled(StackName)
  }

  /** Makes and executes a change set of the right type, with rollback disabled. */
  const apply = async (StackName: string, template: object, more: Partial<CreateChangeSetCommandInput> = {}) => {
    const isThere = await stack(StackName).then(
      ({ StackStatus }) => StackStatus !== 'REVIEW_IN_PROGRESS',
      () => false,
    )
    const id = await create(StackName, template, { ChangeSetType: isThere ? 'UPDATE' : 'CREATE', ...more })
    return execute(id, { DisableRollback: true })
  }

  const events = async (StackName: string): Promise<readonly StackEvent[]> => {
    const all: StackEvent[] = []
    let NextToken: string | undefined
    do {
      const page = await cfn.send(
        new DescribeStackEventsCommand({ StackName, ...(NextToken === undefined ? {} : { NextToken }) }),
      )
      all.push(...(page.StackEvents ?? []))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    return all
  }

  return { cfn, create, describe, execute, apply, stack, settled, events }
}

async function uploaded(cloud: Cloud, body: string): Promise<string> {
  const s3 = new S3Client(asOwner(cloud))
  await s3.send(new CreateBucketCommand({ Bucket: TEMPLATES }))
  const Key = `${crypto.randomUUID()}.json`
  await s3.send(new PutObjectCommand({ Bucket: TEMPLATES, Key, Body: body }))
  return `https://${TEMPLATES}.s3.us-east-1.amazonaws.com/${Key}`
}
