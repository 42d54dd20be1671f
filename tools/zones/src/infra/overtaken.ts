import { isRefusedAs } from '../aws/aws-failure.ts'

/** What a stack says that is being changed, and one that was not there a moment ago. Known from use, unverified. */
const SAID = /_IN_PROGRESS state and can ?not be|already exists and cannot be created again with the changeSet/

/**
 * Whether a change set is gone or no longer holds, because somebody else has changed the stack since it was made, or has
 * made the stack.
 * @source AWS CloudFormation API Reference, "ExecuteChangeSet", "DescribeChangeSet" (errors)
 */
export function isOvertaken(error: unknown): boolean {
  if (isRefusedAs(error, 'ChangeSetNotFound', 'ChangeSetNotFoundException')) return true
  if (isRefusedAs(error, 'InvalidChangeSetStatus', 'InvalidChangeSetStatusException')) return true
  return isRefusedAs(error, 'ValidationError') && SAID.test(error.message)
}
