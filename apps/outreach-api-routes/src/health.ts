import { API_CONTRACT_VERSION, type Health, healthOne } from '@sax/api-contract'
import { USER_CONTEXT_VERSION } from '@sax/user-context'
import type { BackendAnswer } from './backend.ts'

const PART = 'outreach-api-routes'
const BACKEND = 'outreach-api'
const contracts = { api: API_CONTRACT_VERSION, userContext: USER_CONTEXT_VERSION }

/**
 * What this part says of itself and, when it answered, of the backend: nobody outside can ask that one.
 * @param responseTimeMs how long the backend took to answer
 */
export function healthOf(answer: BackendAnswer, release: string, responseTimeMs: number): Health {
  const backend = answer.kind === 'answered' && answer.status === 200 ? saidBy(answer.body) : undefined
  if (backend === undefined) {
    return { status: 'degraded', part: PART, release, contracts, dependencies: { [BACKEND]: 'unavailable' } }
  }
  const { part, status, release: backendRelease, migration } = backend
  return {
    status,
    part: PART,
    release,
    contracts,
    dependencies: { [BACKEND]: 'ok' },
    upstream: [
      { part, status, release: backendRelease, responseTimeMs, ...(migration === undefined ? {} : { migration }) },
    ],
  }
}

function saidBy(body: Uint8Array): Health | undefined {
  try {
    return healthOne.safeParse(JSON.parse(new TextDecoder().decode(body))).data?.data
  } catch {
    // An answer that is no JSON is not the backend's: something else stands at its address.
    return undefined
  }
}
