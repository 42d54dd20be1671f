import { createHmac } from 'node:crypto'

/** Fingerprint of a value, 64 hexadecimal digits: equal for equal values, and worthless to anybody without the key. */
export type Fingerprint = (value: string) => string

/**
 * Fingerprints under a key that is made for one run and kept nowhere, so that two that were printed by two runs cannot be
 * compared and a list of guesses cannot be tried.
 */
export function fingerprintUnder(key: Uint8Array): Fingerprint {
  return (value) => createHmac('sha256', key).update(value).digest('hex')
}

/** What is printed of a fingerprint. Comparisons use all of it. */
export const shown = (fingerprint: string) => fingerprint.slice(0, 8)
