import { NodeHttpHandler } from '@smithy/node-http-handler'

type Handle = NodeHttpHandler['handle']

/** A network that lets requests through until one after which nothing is ever heard again, as for a process that is killed. */
export interface BreakingOff {
  readonly requestHandler: NodeHttpHandler
  /** Requests that were sent. */
  readonly sent: () => number
  /** Resolves when the last request has taken effect and its answer has been kept back. */
  readonly broken: Promise<void>
}

/** @param after the number of requests that take effect; the answer of the last one never arrives */
export function breakingOff(after: number): BreakingOff {
  const handler = new NodeHttpHandler()
  const handle: Handle = handler.handle.bind(handler)
  const { promise: broken, resolve: breakOff } = Promise.withResolvers<void>()
  let sent = 0
  handler.handle = async (...args: Parameters<Handle>) => {
    sent += 1
    if (sent > after) return new Promise<never>(() => undefined)
    const mine = sent
    const answer = await handle(...args)
    if (mine < after) return answer
    breakOff()
    return new Promise<never>(() => undefined)
  }
  return { requestHandler: handler, sent: () => sent, broken }
}
