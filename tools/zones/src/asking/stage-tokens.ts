import type { Asker, TokenFlaw } from '@sax/probes'
import { type ReleaseEvent, verificationTokenAnswer } from '@sax/release'
import { AwsFailure } from '../aws/aws-failure.ts'
import type { Invoked } from '../aws/invoke.ts'
import type { Why } from './carried.ts'
import { isMadeByHand, spoiled } from './tokens.ts'

/** Calls the host's function with an event of a release. */
export type CallHost = (event: ReleaseEvent) => Promise<Invoked>

/** A token of one of the people of verification, right or with a flaw, or why there is none. */
export type StageTokens = (of: Asker, flaw?: TokenFlaw) => Promise<string | Why>

/** A token is used for as long as it lives, but for this: the request still has to arrive. */
const MARGIN_MS = 15_000

/** A host that gives no token is not asked again for so long. */
const REFUSED_MS = 10_000

interface Kept {
  readonly token: Promise<string | Why>
  untilMs: number
}

/**
 * Tokens of a deployed stage. The signing secret stays where it is: the host makes them, and flaws that need no secret
 * are put in here.
 * @param wallMs milliseconds since 1970
 */
export function createStageTokens(callHost: CallHost, wallMs: () => number): StageTokens {
  const kept = new Map<string, Kept>()

  const asked = async (event: ReleaseEvent, entry: Kept): Promise<string | Why> => {
    const refused = (why: string): Why => {
      entry.untilMs = wallMs() + REFUSED_MS
      return { why }
    }
    try {
      const invoked = await callHost(event)
      if (invoked.kind === 'failed') return refused(`the host's function gave no token (${invoked.errorType})`)
      const answer = verificationTokenAnswer.safeParse(invoked.payload)
      if (!answer.success) return refused("the host's function gave no token, but another answer")
      entry.untilMs = Math.max(answer.data.expiresAtSec * 1000 - MARGIN_MS, wallMs() + 1000)
      return answer.data.token
    } catch (error) {
      if (error instanceof AwsFailure)
        return refused(`the host's function could not be asked for a token: ${error.message}`)
      throw error
    }
  }

  const fromHost = (of: Asker, flaw: HostFlaw | undefined): Promise<string | Why> => {
    const key = `${of} ${flaw}`
    const known = kept.get(key)
    if (known !== undefined && known.untilMs > wallMs()) return known.token
    const event: ReleaseEvent = { sax: 'verification-token', of, ...(flaw === undefined ? {} : { flaw }) }
    // Several questions are put at once: while the first one's token is on its way, the others wait for it.
    const entry: { token: Promise<string | Why>; untilMs: number } = {
      token: Promise.resolve(''),
      untilMs: Number.POSITIVE_INFINITY,
    }
    entry.token = asked(event, entry)
    kept.set(key, entry)
    return entry.token
  }

  return async (of, flaw) => {
    if (flaw === undefined || !isMadeByHand(flaw)) return fromHost(of, flaw)
    const token = await fromHost(of, undefined)
    return typeof token === 'string' ? spoiled(token, flaw) : token
  }
}

/** Flaws that only whoever holds the secret can make. */
type HostFlaw = Exclude<TokenFlaw, Parameters<typeof spoiled>[1]>
