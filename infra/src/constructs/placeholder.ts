import type { FunctionKind } from '../function-kind.ts'

/**
 * What runs until the first release. Whoever waits is told 503; messages stay in their queue, named as failed; a release
 * that calls migrations before it has brought any learns that there are none.
 * @source AWS Lambda Developer Guide, "Handling errors for an SQS event source in Lambda" (ReportBatchItemFailures)
 */
export function placeholderOf(kind: FunctionKind): string {
  switch (kind) {
    case 'worker':
      return `exports.handler = async (event) => ({
  batchItemFailures: (event.Records ?? []).map(({ messageId }) => ({ itemIdentifier: messageId })),
})
`
    case 'migrations':
      return `exports.handler = async () => {
  throw new Error('Nothing has been released here yet.')
}
`
    default:
      return `exports.handler = async () => ({
  statusCode: 503,
  headers: { 'cache-control': 'no-store', 'content-type': 'text/plain' },
  body: 'Nothing has been released here yet.',
})
`
  }
}
