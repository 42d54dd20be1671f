import { releaseEvents } from '@sax/release'
import type { EventAnswer } from '@sax/streamed-function'
import { createZoneProxy, type ZoneProxy } from './carrying/zone-proxy.ts'
import { readEnv } from './env.ts'
import { hostLogger } from './logger.ts'
import { type HostSecrets, hostSecrets } from './secrets.ts'
import { verificationToken } from './verification-token.ts'

// What the host does as a function and not as a server. It is bundled beside Next, not into it, and shares no variable
// with the pages: only what it needs is made here, when it is first needed.

/** Less than the function's own 30 s, so that who waits gets an answer that says what happened. */
const ZONE_TIMEOUT_MS = 25_000

/**
 * Answers what a release asks of the host. Reachable by `lambda:InvokeFunction` alone: a request by the function's URL
 * comes wrapped in a record that has no such field.
 * @throws ZodError for an event of a release that is not known, and TypeError for one that is not the host's
 */
export const answerReleaseEvent: EventAnswer = async (event) => {
  const asked = releaseEvents.parse(event)
  if (asked.sax !== 'verification-token') throw new TypeError(`${asked.sax} is not the host's to answer`)
  const secrets = await made().secrets.userContext.get()
  return { kind: 'answer', answer: await verificationToken(asked, { secrets, nowSec: () => Date.now() / 1000 }) }
}

export const carryInFunction: ZoneProxy = (event) => made().carry(event)

interface Made {
  readonly secrets: HostSecrets
  readonly carry: ZoneProxy
}

let known: Made | undefined

function made(): Made {
  known ??= make()
  return known
}

function make(): Made {
  const env = readEnv()
  const logger = hostLogger(env)
  return {
    secrets: hostSecrets(env.secrets, { fetch: globalThis.fetch, nowMs: () => Date.now(), logger }),
    carry: createZoneProxy({
      timeoutMs: ZONE_TIMEOUT_MS,
      failed: ({ requestId, code }) => logger.warn('zone could not be asked', { requestId, code }),
    }),
  }
}
