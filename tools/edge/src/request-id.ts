/** The id a request keeps through all hops: its own when it is well-formed, else a new one. */
export function requestIdOf(header: string | null, newId: () => string): string {
  return header !== null && /^[A-Za-z0-9-]{8,64}$/.test(header) ? header : newId()
}
