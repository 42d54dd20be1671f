import { verificationPeople } from '@sax/release'
import { type FunctionRole, outreach, outreachApiPath, outreachPath, stages, USER_CONTEXT } from '@sax/topology'
import { type Entrance, requestEvent } from '@sax/zones/function-requests'

/** What somebody who is asked for has in hand. */
export interface InHand {
  /** Cookie header of somebody who is signed in at the host. */
  readonly cookies: string
  /** Their user context. */
  readonly token: string
}

/** A function, what it is asked, and what it should hold to. */
export interface AskedFunction {
  readonly role: FunctionRole
  /** For people. */
  readonly asked: string
  /** Milliseconds from nothing to the whole answer, with 1 GB of memory. Absent: nobody waits for it. */
  readonly coldAimMs?: number
  readonly packageAimBytes: number
  readonly event: (hand: InHand, requestId: string, now: Date) => unknown
}

const MB = 1_000_000
const { first } = verificationPeople
const { name: hostName } = stages.develop.domains.sleepconnect
const { name: zoneName } = stages.develop.domains.outreach
const url: Entrance = { kind: 'url' }
const api: Entrance = { kind: 'api', stage: new URL(stages.develop.apiBaseUrl).pathname.slice(1) }

/** The functions of a release in the order in which a page needs them, each with its most usual request. */
export const askedFunctions: readonly AskedFunction[] = [
  {
    ...{ role: 'sleep-connect-server', asked: 'the first page, signed in', coldAimMs: 800, packageAimBytes: 5 * MB },
    event: ({ cookies }, ...rest) => get(url, '/', { 'x-forwarded-host': hostName, cookie: cookies }, ...rest),
  },
  {
    ...{ role: 'outreach-server', asked: 'the templates, signed in', coldAimMs: 800, packageAimBytes: 5 * MB },
    event: ({ token }, ...rest) => get(url, outreachPath('templates'), carried(token), ...rest),
  },
  {
    ...{ role: 'outreach-api-routes', asked: 'the list of templates', coldAimMs: 150, packageAimBytes: MB },
    event: ({ token }, ...rest) => get(url, outreachApiPath('templates'), carried(token), ...rest),
  },
  {
    ...{ role: 'outreach-api', asked: 'the list of templates', coldAimMs: 150, packageAimBytes: MB },
    event: ({ token }, ...rest) =>
      get(
        api,
        `${outreach.basePath}/templates`,
        {
          authorization: `Bearer ${token}`,
          ...{ 'x-tenant-id': first.tenantId, 'x-practice-id': first.practiceId, 'x-sax-id': String(first.saxId) },
        },
        ...rest,
      ),
  },
  {
    ...{ role: 'outreach-worker', asked: 'whether it can send', packageAimBytes: MB },
    event: () => ({ sax: 'worker-status' }),
  },
  {
    ...{ role: 'outreach-migrations', asked: 'which migrations are applied', packageAimBytes: MB },
    event: () => ({ sax: 'migrations-status' }),
  },
]

function carried(token: string): Readonly<Record<string, string>> {
  return { 'x-forwarded-host': zoneName, [USER_CONTEXT]: token }
}

function get(
  entrance: Entrance,
  path: string,
  headers: Readonly<Record<string, string>>,
  requestId: string,
  now: Date,
): unknown {
  return requestEvent(entrance, { method: 'GET', path, headers }, requestId, now)
}
