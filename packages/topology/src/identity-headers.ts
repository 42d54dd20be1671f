/** Header and cookie that carry the user context token. */
export const USER_CONTEXT = 'x-sax-user-context'

/** Headers by which the zone tells the backend who asks. They never come from outside. */
export const identityHeaders = [
  'x-tenant-id',
  'x-practice-id',
  'x-coordinator-sax-id',
  'x-user-sax-id',
  'x-sax-id',
] as const

/** Prefixes of headers that belong to the framework's inside and are dropped at the edge and again at entry. */
export const internalHeaderPrefixes = ['x-middleware-', 'x-opennext-', 'x-invoke-', 'x-nextjs-rewrite'] as const

/** Counts passes through the front door; a request that comes round too often is answered 508. */
export const HOP_HEADER = 'x-sax-hops'
export const MAX_HOPS = 4

export const REQUEST_ID_HEADER = 'x-request-id'
