import type { FunctionRole } from '@sax/topology'

const MIB = 1024 * 1024

/** Largest package of a function, in bytes. Every byte is fetched and unpacked before a cold start's first line runs. */
export function maxPackageBytes(role: FunctionRole): number {
  return role === 'sleep-connect-server' || role === 'outreach-server' ? 5 * MIB : MIB
}
