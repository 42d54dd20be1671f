import { MAX_HOPS } from '@sax/topology'

/**
 * How often a request has been here, this time included, or undefined when it has come round too often (508). What is
 * no count of ours is none at all: a made-up one can only shorten its own sender's way.
 */
export function countHops(header: string | null): number | undefined {
  const before = /^\d{1,3}$/.test(header ?? '') ? Number(header) : 0
  const hops = before + 1
  return hops > MAX_HOPS ? undefined : hops
}
