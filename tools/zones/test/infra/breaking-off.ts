import { NodeHttpHandler } from '@smithy/node-http-handler'

type Handle = NodeHttpHandler['handle']
type Request = Parameters<Handle>[0]

/** Where a network breaks off: before the so-and-so-many-th request that changes something is sent, from 1, or once it has taken effect. */
export interface Break {
  readonly change: number
  readonly when: 'before' | 'after'
}

/** A network that lets requests through until one after which nothing is ever heard again, as for a process that is killed. */
export interface BreakingOff {
  readonly requestHandler: NodeHttpHandler
  /** Requests that were sent and change something. */
  readonly changes: () => number
  /** Resolves when nothing is heard any more. */
  readonly broken: Promise<void>
}

/** @param at undefined: it never breaks */
export function breakingOff(at?: Break): BreakingOff {
  const handler = new NodeHttpHandler()
  const handle: Handle = handler.handle.bind(handler)
  const { promise: broken, resolve: breakOff } = Promise.withResolvers<void>()
  const silence = () => new Promise<never>(() => undefined)
  let changes = 0
  let isBroken = false
  handler.handle = async (...args: Parameters<Handle>) => {
    if (isBroken) return silence()
    const isChange = !onlyLooks(args[0])
    if (isChange) changes += 1
    const isLast = isChange && changes === at?.change
    if (!isLast) return handle(...args)
    isBroken = true
    // What else is under way falls silent now; that it is broken is told once this one has taken effect.
    if (at?.when === 'after') await handle(...args)
    breakOff()
    return silence()
  }
  return { requestHandler: handler, changes: () => changes, broken }
}

/** Whether AWS's name of the operation, or where there is none the method, says that nothing is changed. */
function onlyLooks({ method, headers, body }: Request): boolean {
  const named = typeof body === 'string' ? /(?:^|&)Action=(\w+)/.exec(body)?.[1] : undefined
  const operation = headers['x-amz-target']?.split('.').at(-1) ?? named
  return operation === undefined ? /^(GET|HEAD)$/.test(method) : /^(Describe|Get|List|Validate)/.test(operation)
}
