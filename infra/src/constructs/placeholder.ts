import type { FunctionKind } from '../function-kind.ts'

const WORDS = 'Nothing has been released here yet.'

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
  throw new Error('${WORDS}')
}
`
    case 'backend':
      return `exports.handler = async () => ({
  statusCode: 503,
  headers: { 'cache-control': 'no-store', 'content-type': 'text/plain' },
  body: '${WORDS}',
})
`
    default:
      return STREAMED
  }
}

/**
 * Behind a URL that streams, an object is sent on as a body of status 200; status and headers have to be a prelude.
 * @source AWS Lambda Developer Guide, "Response streaming for Lambda functions" (awslambda.HttpResponseStream.from)
 */
const STREAMED = `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  const head = { statusCode: 503, headers: { 'cache-control': 'no-store', 'content-type': 'text/plain' } };
  const answer = awslambda.HttpResponseStream.from(stream, head);
  answer.write('${WORDS}');
  answer.end();
})
`
