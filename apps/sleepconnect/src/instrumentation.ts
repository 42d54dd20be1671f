import { REQUEST_ID_HEADER } from '@sax/topology'
import type { Instrumentation } from 'next'

/** Called by Next once, before the first answer: wrong settings stop the server here. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startServer } = await import('./server/start.ts')
  startServer()
}

/** Called by Next for an error that no boundary of ours expected. */
export const onRequestError: Instrumentation.onRequestError = async (error, { headers, method }) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { reportFault } = await import('./server/start.ts')
  const requestId = headers[REQUEST_ID_HEADER]
  reportFault(error, typeof requestId === 'string' ? requestId : undefined, method)
}
