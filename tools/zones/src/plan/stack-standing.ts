import type { StackStatus } from '@aws-sdk/client-cloudformation'

/** What can be done with a stack as it stands. */
export type Standing =
  /** There is nothing yet, or only a plan that nobody carried out. */
  | { readonly kind: 'new' }
  /** It can be changed; after a failure too, from where it stopped. */
  | { readonly kind: 'ready' }
  /** CloudFormation is at work on it. */
  | { readonly kind: 'busy' }
  /** Nothing can be done before a person has acted. */
  | { readonly kind: 'stuck'; readonly next: string }

/**
 * How a stack stands. A stack whose creation or update failed and was not rolled back can be updated from there.
 * @param status undefined: there is no stack
 * @source AWS CloudFormation User Guide, "Stack status codes" and "Choose how to handle failures when provisioning resources"
 */
export function standingOf(stackName: string, status: StackStatus | undefined): Standing {
  if (status === undefined || status === 'REVIEW_IN_PROGRESS' || status === 'DELETE_COMPLETE') return { kind: 'new' }
  if (status.endsWith('_IN_PROGRESS')) return { kind: 'busy' }
  switch (status) {
    case 'ROLLBACK_COMPLETE':
    case 'ROLLBACK_FAILED':
    case 'DELETE_FAILED':
      return {
        kind: 'stuck',
        next: `It was rolled back and can only be deleted; its resources stay and will be taken over. Look at it, then: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stackName}; aws cloudformation delete-stack --stack-name ${stackName}`,
      }
    case 'UPDATE_ROLLBACK_FAILED':
    case 'IMPORT_ROLLBACK_FAILED':
      return {
        kind: 'stuck',
        next: `Its way back is blocked. See why in its events, then: aws cloudformation continue-update-rollback --stack-name ${stackName}`,
      }
    default:
      return { kind: 'ready' }
  }
}

/** Whether the last operation on a stack ended well. */
export function endedWell(status: StackStatus): boolean {
  return ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE'].includes(status)
}
