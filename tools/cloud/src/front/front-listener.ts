import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { answerFunctionUrl, FUNCTION_URL_HOST, type FunctionUrls } from './function-url.ts'
import { answerHttpApi, type HttpApis } from './http-api.ts'
import { refuse } from './http-exchange.ts'

/** How long a request may take to come in is the front door's to say. */
const NO_LIMIT = { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 60_000 }

/** Serves function URLs and HTTP APIs by the Host that is asked for, on a free port of loopback. TLS ends before it. */
export async function startFrontListener(parts: FunctionUrls & HttpApis): Promise<Server> {
  const server = Object.assign(
    createServer((incoming, outgoing) => {
      void answer(parts, incoming, outgoing).catch((error: unknown) => failed(error, incoming, outgoing))
    }),
    NO_LIMIT,
  )
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return server
}

function answer(parts: FunctionUrls & HttpApis, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const host = (incoming.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  if (FUNCTION_URL_HOST.test(host)) return answerFunctionUrl(parts, host, incoming, outgoing)
  return answerHttpApi(parts, host, incoming, outgoing)
}

/** A client that went away is told nothing; a mistake of ours is told as one. */
function failed(error: unknown, incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (incoming.destroyed && !incoming.complete) return
  if (outgoing.headersSent) outgoing.destroy()
  else refuse(outgoing, 500, { message: `A mistake in the laptop's AWS: ${String(error)}` })
}
