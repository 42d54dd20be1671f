/** What happens instead of the answer. */
export type FaultEffect =
  /** The service refuses. `status` defaults to 400. */
  | { readonly kind: 'error'; readonly code: string; readonly message?: string; readonly status?: number }
  /** The connection is cut before the service has seen the call, or after the call took effect. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  /** No answer comes until the fault is taken away; then the call goes on. */
  | { readonly kind: 'freeze' }
  /** The call goes on after so long. */
  | { readonly kind: 'delay'; readonly ms: number }

/** Something that goes wrong, and when. Absent conditions hold always. */
export interface Fault {
  /** Name that requests are signed for (`lambda`, `s3`, `cloudformation`); `cloudformation` with `resource` or `resourceType` means CloudFormation's own work on it. */
  readonly service: string
  readonly action?: string
  /** Account of the caller. */
  readonly accountId?: string
  /** Logical id of the resource that CloudFormation works on. */
  readonly resource?: string
  /** Type of the resource that CloudFormation works on. */
  readonly resourceType?: string
  /** The first so many matching calls are spared. Default 0. */
  readonly after?: number
  /** So many matching calls are hit. Default: all. */
  readonly times?: number
  readonly effect: FaultEffect
}

/** A call, as far as faults look at it. */
export interface FaultTarget {
  readonly service: string
  readonly action: string
  readonly accountId?: string
  readonly resource?: string
  readonly resourceType?: string
}

/** A fault that has struck. `removed` settles when the fault is taken away. */
export interface Struck {
  readonly effect: FaultEffect
  readonly removed: Promise<void>
}

interface Armed {
  readonly fault: Fault
  seen: number
  readonly removed: Promise<void>
  readonly remove: () => void
}

/** The faults that are in force. */
export class Faults {
  #armed: readonly Armed[] = []

  /** Puts a fault in force; the returned function takes it away again. */
  inject(fault: Fault): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    const armed: Armed = {
      fault,
      seen: 0,
      removed: promise,
      remove: () => {
        this.#armed = this.#armed.filter((other) => other !== armed)
        resolve()
      },
    }
    this.#armed = [...this.#armed, armed]
    return armed.remove
  }

  /** The fault that hits this call, if any. Every call counts once for every fault that it matches. */
  strike(target: FaultTarget): Struck | undefined {
    let struck: Struck | undefined
    for (const armed of this.#armed) {
      const { fault, removed } = armed
      if (!matches(fault, target)) continue
      armed.seen += 1
      const spared = fault.after ?? 0
      const hit = armed.seen > spared && armed.seen <= spared + (fault.times ?? Number.POSITIVE_INFINITY)
      if (hit && struck === undefined) struck = { effect: fault.effect, removed }
    }
    return struck
  }

  clear(): void {
    for (const { remove } of this.#armed) remove()
  }
}

function matches(fault: Fault, target: FaultTarget): boolean {
  const keys = ['action', 'accountId', 'resource', 'resourceType'] as const
  // A fault for calls does not hit CloudFormation's own work, unless it names a resource.
  const isWork = target.resource !== undefined
  const wantsWork = fault.resource !== undefined || fault.resourceType !== undefined
  return (
    fault.service === target.service &&
    isWork === wantsWork &&
    keys.every((key) => fault[key] === undefined || fault[key] === target[key])
  )
}
