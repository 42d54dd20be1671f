/** What a function, or Lambda on its behalf, answers instead of a result. */
export interface FunctionError {
  readonly errorType: string
  readonly errorMessage: string
  readonly trace?: readonly string[]
}

/** The error that a runtime reports. A report that is none is passed on as a message. */
export function reportedError(body: Buffer): FunctionError {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value === 'object' && value !== null && 'errorMessage' in value) return value as FunctionError
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return { errorType: 'Runtime.Unknown', errorMessage: body.toString('utf8') }
}

/** The words are AWS's as other projects recorded them. @source AWS re:Post, "How do I troubleshoot Lambda function timeout errors" */
export function timedOut(requestId: string, timeoutMs: number): FunctionError {
  const message = `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`
  return { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: ${message}` }
}

/** @source AWS Lambda Developer Guide, "Troubleshoot execution issues in Lambda" (Runtime exited with error: signal: killed) */
export function exited(requestId: string, how: { readonly code: number | null; readonly signal: string | null }) {
  const reason = exitReason(how)
  return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: Runtime exited ${reason}` }
}

function exitReason({ code, signal }: { readonly code: number | null; readonly signal: string | null }): string {
  if (signal !== null) return `with error: signal: ${{ SIGKILL: 'killed', SIGABRT: 'aborted' }[signal] ?? signal}`
  return code === 0 ? 'without providing a reason' : `with error: exit status ${code}`
}

/** Bytes that a buffered answer may have. @source AWS Lambda Developer Guide, "Lambda quotas" (6 MB), and what Lambda says when it is exceeded */
export const MAX_ANSWER_BYTES = 6_291_556

export const TOO_LARGE: FunctionError = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_ANSWER_BYTES} bytes).`,
}
