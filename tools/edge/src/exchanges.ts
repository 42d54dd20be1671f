import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** A request and the answer that is owed for it. */
export interface Exchange {
  readonly incoming: Pick<IncomingMessage, 'complete'>
  readonly outgoing: Pick<ServerResponse, 'headersSent' | 'once'>
  /** Tells whoever works on the answer that nobody will get it. */
  readonly abandon: () => void
}

/** Which answers each connection still owes: a viewer may send several requests without waiting. */
export function createExchanges() {
  const bySocket = new WeakMap<Duplex, Set<Exchange>>()
  return {
    /** Counts until the answer has gone out or its connection has ended. */
    begin(socket: Duplex, exchange: Exchange): void {
      const open = bySocket.get(socket) ?? new Set()
      bySocket.set(socket, open.add(exchange))
      exchange.outgoing.once('close', () => open.delete(exchange))
    },
    /** In the order the requests came. */
    openOn: (socket: Duplex): readonly Exchange[] => [...(bySocket.get(socket) ?? [])],
  }
}
