import { randomUUID } from 'node:crypto'
import { httpRequest } from '@sax/http-request'
import { standardOutput } from '@sax/logging'
import { streamHandle } from 'hono/aws-lambda'
import { functionEnv } from './env.ts'
import { createFunctionApp, start } from './function-app.ts'
import { httpBackend } from './http-backend.ts'

/** What a function asks itself while it starts is no request of anybody's. */
let isStarting = true
const app = createFunctionApp(functionEnv(), {
  backend: httpBackend(),
  newRequestId: randomUUID,
  nowMs: () => performance.now(),
  fetch: httpRequest,
  epochMs: Date.now,
  destination: { write: (line) => void (isStarting || standardOutput.write(line)) },
})
// A function has a whole processor while it starts, and a share of one when somebody waits for its first answer.
await start(app)
isStarting = false

/** Entry of the function. Its URL streams, so that the handler has to. */
export const handler = streamHandle(app)
