import pLimit from 'p-limit'

/** Has what is asked of a service wait for its turn. */
export type Turns = <R>(service: string, ask: () => Promise<R>) => Promise<R>

/** Services in which moto walks through what other requests are adding to: "dictionary changed size during iteration", 500. */
const ONE_AT_A_TIME = new Set(['iam'])

/** Turns at one moto, for everybody who asks it. */
export function turnsAtMoto(): Turns {
  const turn = pLimit(1)
  return (service, ask) => (ONE_AT_A_TIME.has(service) ? turn(ask) : ask())
}
