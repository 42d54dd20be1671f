import { randomUUID } from 'node:crypto'
import { streamHandle } from 'hono/aws-lambda'
import { functionEnv } from './env.ts'
import { fetchBackend } from './fetch-backend.ts'
import { createFunctionApp } from './function-app.ts'

/** Entry of the function. Its URL streams, so that the handler has to. */
export const handler = streamHandle(
  createFunctionApp(functionEnv(), {
    backend: fetchBackend({ fetch: globalThis.fetch }),
    newRequestId: randomUUID,
    nowMs: () => performance.now(),
    fetch: globalThis.fetch,
    epochMs: Date.now,
  }),
)
