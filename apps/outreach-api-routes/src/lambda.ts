import { randomUUID } from 'node:crypto'
import { streamHandle } from 'hono/aws-lambda'
import { functionEnv } from './env.ts'
import { createFunctionApp } from './function-app.ts'
import { undiciBackend } from './undici-backend.ts'

/** A sandbox serves one request at a time. */
const CONNECTIONS = 4

/** Entry of the function. Its URL streams, so that the handler has to. */
export const handler = streamHandle(
  createFunctionApp(functionEnv(), {
    backend: undiciBackend({ connections: CONNECTIONS }).send,
    newRequestId: randomUUID,
    nowMs: () => performance.now(),
    fetch: globalThis.fetch,
    epochMs: Date.now,
  }),
)
