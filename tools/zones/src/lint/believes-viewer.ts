import type { EdgeFunction } from '@sax/edge/config'
import { prepareFunction } from '@sax/edge/function-runtime'

const FORGED = 'forged.invalid'

/** The same function runs before every behaviour of every stage. */
const known = new Map<string, boolean>()

/** Whether a viewer-request function lets a viewer's own `x-forwarded-host` pass, found out by running it. */
export function believesViewer(edgeFunction: EdgeFunction, path: string): boolean {
  const key = `${path}\n${edgeFunction.code}`
  const answer = known.get(key) ?? tried(edgeFunction, path)
  known.set(key, answer)
  return answer
}

function tried(edgeFunction: EdgeFunction, path: string): boolean {
  try {
    const outcome = prepareFunction(edgeFunction)(eventOf(path))
    return outcome.kind === 'returned' && JSON.stringify(outcome.value ?? null).includes(FORGED)
  } catch {
    // No script that runs; its text is all there is.
    return !edgeFunction.code.includes('x-forwarded-host')
  }
}

function eventOf(uri: string) {
  return {
    version: '1.0',
    context: {
      distributionDomainName: 'd111111abcdef8.cloudfront.net',
      distributionId: 'EDFDVBD6EXAMPLE',
      eventType: 'viewer-request',
      requestId: 'zones-lint',
    },
    viewer: { ip: '192.0.2.1' },
    request: {
      method: 'GET',
      uri,
      querystring: {},
      headers: { host: { value: 'viewer.invalid' }, 'x-forwarded-host': { value: FORGED } },
      cookies: {},
    },
  }
}
