/** Why a resource could not be made or changed, and what to do about it. */
export interface Advice {
  readonly why: string
  readonly next: string
}

interface Known {
  readonly reason: RegExp
  readonly advice: (found: RegExpExecArray, logicalId: string) => Advice
}

/** What AWS writes in a stack's events. @source the error pages of the services named; the sentences are known from use, unverified */
const known: readonly Known[] = [
  {
    reason: /not authorized to perform:? ([a-z0-9-]+:[A-Za-z*]+)|AccessDenied/,
    advice: ([, action], id) => ({
      why: `${id}: these credentials may not do ${action ?? 'what it needs'}`,
      next: 'Ask for that permission, or sign in with a role that has it.',
    }),
  },
  {
    reason:
      /CNAMEAlreadyExists|CNAMEs? you provided (?:are|is) already associated|already associated with a different resource/,
    advice: (_found, id) => ({
      why: `${id}: one of its names answers from another distribution, which may be another account's`,
      next: 'Take the name off there (aws cloudfront list-conflicting-aliases finds it), or move it: aws cloudfront associate-alias.',
    }),
  },
  {
    reason: /RRSet|resource record set .*already exists|conflicts with other records/,
    advice: (_found, id) => ({
      why: `${id}: there is a DNS record of this name that leads elsewhere`,
      next: 'See where it leads: npx zones infra status. Remove it in a quiet minute; the new one is made right after.',
    }),
  },
  {
    reason: /ReservedConcurrentExecutions|UnreservedConcurrentExecution/,
    advice: (_found, id) => ({
      why: `${id}: the account allows too few executions at a time`,
      next: 'Ask AWS to raise "Concurrent executions" of Lambda (Service Quotas, L-B99A9384).',
    }),
  },
  {
    reason: /BucketAlreadyExists|bucket name is not available/,
    advice: (_found, id) => ({
      why: `${id}: the bucket's name is taken by another account`,
      next: 'Give the bucket another name in packages/topology/src/stages.ts.',
    }),
  },
  {
    reason: /already exists/i,
    advice: (_found, id) => ({
      why: `${id}: something of this name exists and belongs to another stack, or cannot be taken over`,
      next: 'Find it by its name in the console. If another stack has it, take it out there first (it is retained).',
    }),
  },
  {
    reason: /validation timed out|VALIDATION_TIMED_OUT|pending validation/i,
    advice: (_found, id) => ({
      why: `${id}: the certificate was not validated in time`,
      next: 'The domain must be delegated to its hosted zone, so that AWS sees the record it wrote: npx zones infra status.',
    }),
  },
  {
    reason: /[Rr]ate exceeded|Throttl/,
    advice: (_found, id) => ({ why: `${id}: AWS asked to slow down`, next: 'Wait a minute.' }),
  },
  {
    reason: /LimitExceeded|[Qq]uota|[Ll]imit exceeded|maximum number/,
    advice: ([found], id) => ({
      why: `${id}: a limit of the account is reached (${found})`,
      next: 'Have it raised in Service Quotas.',
    }),
  },
  {
    reason: /Resource (?:creation|update) cancelled/,
    advice: (_found, id) => ({ why: `${id}: left aside because another resource failed`, next: '' }),
  },
]

/** AWS's reason in the words of whoever has to act. An unknown one is passed on as it is. */
export function adviceFor(logicalId: string, reason: string): Advice {
  for (const { reason: pattern, advice } of known) {
    const found = pattern.exec(reason)
    if (found) return advice(found, logicalId)
  }
  return { why: `${logicalId}: ${reason || 'no reason was given'}`, next: 'Mend what AWS names.' }
}
