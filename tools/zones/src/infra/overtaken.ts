import { isRefusedAs } from '../aws/aws-failure.ts'

/**
 * Whether a change set is gone or no longer holds, because somebody else has changed the stack since it was made.
 * @source AWS CloudFormation API Reference, "ExecuteChangeSet", "DescribeChangeSet" (errors); the sentence is known from use, unverified
 */
export function isOvertaken(error: unknown): boolean {
  if (isRefusedAs(error, 'ChangeSetNotFound', 'ChangeSetNotFoundException')) return true
  if (isRefusedAs(error, 'InvalidChangeSetStatus', 'InvalidChangeSetStatusException')) return true
  return isRefusedAs(error, 'ValidationError') && /_IN_PROGRESS state and can ?not be/.test(error.message)
}
