import { GetTemplateCommand, GetTemplateSummaryCommand, ValidateTemplateCommand } from '@aws-sdk/client-cloudformation'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { stacksOf } from '../../test/stacks.ts'
import { bucket, of, role } from '../../test/templates.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let stacks: ReturnType<typeof stacksOf>
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  stacks = stacksOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

test('templates are given back as they were sent, and summed up', async () => {
  const template = of({
    B: bucket('a-bucket'),
    R: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'x.example.com', Type: 'A' } },
  })
  const TemplateBody = JSON.stringify(template)
  const { ResourceIdentifierSummaries, ResourceTypes } = await stacks.cfn.send(
    new GetTemplateSummaryCommand({ TemplateBody }),
  )
  expect(ResourceTypes).toEqual(['AWS::S3::Bucket', 'AWS::Route53::RecordSet'])
  // Records cannot be brought in, so nothing identifies them.
  expect(ResourceIdentifierSummaries).toEqual([
    { ResourceType: 'AWS::S3::Bucket', LogicalResourceIds: ['B'], ResourceIdentifiers: ['BucketName'] },
  ])
  const { Capabilities } = await stacks.cfn.send(
    new ValidateTemplateCommand({ TemplateBody: JSON.stringify(of({ R: role })) }),
  )
  expect(Capabilities).toEqual(['CAPABILITY_IAM'])
  await stacks.apply('a', of({ B: bucket('a-bucket') }))
  expect((await stacks.cfn.send(new GetTemplateCommand({ StackName: 'a' }))).TemplateBody).toBe(
    JSON.stringify(of({ B: bucket('a-bucket') })),
  )
})
