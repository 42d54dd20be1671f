import { ApiError } from '@sax/api-contract/client'

/** A failure in words for a screen. */
export interface Problem {
  readonly title: string
  readonly description: string
  /** Empty when no part gave the request an id. */
  readonly requestId: string
  /** Likely to pass by itself: the screen keeps trying. */
  readonly passing: boolean
  readonly status: number
}

/** What to tell a person about a failure. Only words of ours are shown, never an object or another program's text. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ApiError)) {
    return {
      title: 'Something went wrong here',
      description: 'Reload the page to go on.',
      requestId: '',
      passing: false,
      status: 0,
    }
  }
  const { status, body } = error
  const { title, description } = words(error)
  return { title, description, requestId: body.requestId, passing: isPassing(error), status }
}

function words({ status, body }: ApiError): Pick<Problem, 'title' | 'description'> {
  switch (body.code) {
    case 'UPSTREAM_UNAVAILABLE':
      return status === 0
        ? {
            title: 'Outreach cannot be reached',
            description: 'Check the connection. This goes on by itself as soon as it is back.',
          }
        : {
            title: 'Outreach is not answering',
            description: 'A part of it is not available right now. This goes on by itself as soon as it is back.',
          }
    case 'RATE_LIMITED':
      return { title: 'Too many requests', description: 'This goes on by itself in a moment.' }
    case 'UNAUTHORIZED':
      return { title: 'Your session ended', description: 'Sign in again to go on.' }
    case 'FORBIDDEN':
    case 'CONTEXT_MISMATCH':
      return { title: 'This is not open to you', description: 'Your role in this practice does not allow it.' }
    case 'NOT_FOUND':
      return { title: 'Not found', description: 'It does not exist, or belongs to another practice.' }
    case 'INTERNAL_ERROR':
      return { title: 'Something went wrong', description: 'The error was recorded. Try again.' }
    default:
      return { title: 'That did not work', description: typeof body.message === 'string' ? body.message : 'Try again.' }
  }
}

/** Whether the same call may succeed in a moment. Refusals do not become better by asking again. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  return error.status === 0 || error.status === 429 || (error.status >= 502 && error.status <= 504)
}

/** Pause before attempt `failureCount + 1`, in milliseconds: 0.5 s, doubled each time, at most 10 s. */
export function retryDelayMs(failureCount: number): number {
  return Math.min(10_000, 500 * 2 ** Math.min(failureCount, 10))
}
