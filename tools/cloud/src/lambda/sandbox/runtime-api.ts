import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What a runtime does. */
export interface RuntimeEvents {
  /** It asks for the next invocation: it has started, or is done with the last one. */
  readonly onNext: () => void
  /** Settles when the answer was read; gives the status that the runtime is told. */
  readonly onAnswer: (requestId: string, answer: IncomingMessage) => Promise<number>
  readonly onError: (requestId: string, body: Buffer) => void
  readonly onInitError: (body: Buffer) => void
}

/** An invocation as a runtime gets it. */
export interface Job {
  readonly requestId: string
  readonly functionArn: string
  readonly deadlineMs: number
  readonly event: Buffer
}

/** The interface between Lambda and one runtime. */
export interface RuntimeApi {
  /** `127.0.0.1:<port>` */
  readonly address: string
  /** Hands over an invocation; the runtime must be asking for one. */
  readonly give: (job: Job) => void
  readonly close: () => void
}

/** @source AWS Lambda Developer Guide, "Using the Lambda runtime API" */
const ROUTE = /^\/2018-06-01\/runtime\/(?:(invocation\/next)|(init\/error)|invocation\/([^/]+)\/(response|error))$/

/** Serves one runtime on a free port of loopback. */
export async function startRuntimeApi(events: RuntimeEvents): Promise<RuntimeApi> {
  let asking: ServerResponse | undefined
  const server = createServer((incoming, outgoing) => {
    const [route, next, init, id = '', about] = ROUTE.exec(incoming.url ?? '') ?? []
    const accept = (status = 202) => {
      outgoing.writeHead(status, { 'content-type': 'application/json' })
      outgoing.end('{"status":"OK"}')
    }
    if (route === undefined) accept(404)
    else if (next !== undefined) {
      asking = outgoing
      events.onNext()
    } else if (about === 'response') {
      // A runtime that dies in the middle of its answer is seen by its end.
      void events.onAnswer(decodeURIComponent(id), incoming).then(accept, () => outgoing.destroy())
    } else {
      void bodyOf(incoming).then(
        (body) => {
          if (init === undefined) events.onError(decodeURIComponent(id), body)
          else events.onInitError(body)
          accept()
        },
        () => outgoing.destroy(),
      )
    }
  })
  // A sandbox may wait for its next invocation for as long as it lives.
  Object.assign(server, { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    address: `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`,
    give: ({ requestId, functionArn, deadlineMs, event }) => {
      if (asking === undefined) throw new Error('the runtime does not ask for an invocation')
      asking.writeHead(200, {
        ...{ 'content-type': 'application/json', 'content-length': event.length },
        ...{ 'lambda-runtime-aws-request-id': requestId, 'lambda-runtime-deadline-ms': String(deadlineMs) },
        'lambda-runtime-invoked-function-arn': functionArn,
        'lambda-runtime-trace-id': `Root=1-${Math.floor(deadlineMs / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)};Sampled=0`,
      })
      asking.end(event)
      asking = undefined
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** @throws Error when the client goes away */
export async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part)
  return Buffer.concat(parts)
}
