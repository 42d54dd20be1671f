import type { Cloud } from '../cloud.ts'
import type { Obstacle } from '../find-existing.ts'
import { type Asked, missingOf } from './asked.ts'

/** Executions at a time that must stay free for everything else. @source AWS Lambda Developer Guide, "Configuring reserved concurrency" */
const FREE_EXECUTIONS = 100

/** Bytes of a template that CloudFormation reads from a bucket, and resources of a stack. @source AWS CloudFormation User Guide, "CloudFormation quotas" */
const TEMPLATE_BYTES = 1_048_576
const RESOURCES = 500

export function tooLarge({ wanted }: Pick<Asked, 'wanted'>): readonly Obstacle[] {
  return wanted.flatMap(({ stackName, body, template }) => {
    const bytes = Buffer.byteLength(body)
    const resources = Object.keys(template.Resources).length
    if (bytes <= TEMPLATE_BYTES && resources <= RESOURCES) return []
    return [
      {
        why: `The template of ${stackName} has ${bytes} bytes and ${resources} resources; CloudFormation takes ${TEMPLATE_BYTES} and ${RESOURCES}.`,
        next: 'Move a part of it into a stack of its own.',
      },
    ]
  })
}

/** New accounts often have few executions, and functions that reserve more cannot be made. @throws AwsFailure */
export async function fewExecutions({ functionCapacity }: Cloud, asked: Asked): Promise<readonly Obstacle[]> {
  const needed = missingOf(asked, 'AWS::Lambda::Function').reduce(
    (sum, { ReservedConcurrentExecutions }) => sum + Number(ReservedConcurrentExecutions ?? 0),
    0,
  )
  if (needed === 0) return []
  const free = (await functionCapacity.unreserved()) - FREE_EXECUTIONS
  if (needed <= free) return []
  return [
    {
      why: `The functions reserve ${needed} executions at a time; the account has ${Math.max(0, free)} to give (AWS keeps ${FREE_EXECUTIONS} free).`,
      next: 'Ask AWS to raise "Concurrent executions" of Lambda: Service Quotas, L-B99A9384.',
    },
  ]
}
