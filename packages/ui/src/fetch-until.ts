/** `fetch`, until `over` is aborted: what is under way then ends, and nothing more is asked. */
export function fetchUntil(over: AbortSignal, send: typeof fetch = fetch): typeof fetch {
  return (input, init) => send(input, { ...init, signal: init?.signal ? AbortSignal.any([over, init.signal]) : over })
}
