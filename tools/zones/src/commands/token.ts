import type { LocalSite } from '@sax/local/settings'
import type { SamplePerson } from '@sax/sample-data'
import { createMinter } from '@sax/user-context/mint'
import type { Outcome } from '../outcome.ts'
import { contextOf } from '../sample-context.ts'

/** `sax_id` of the deployment checklist's coordinator. */
const SEED_COORDINATOR = 1386

/** Longest life of a printed token, seconds; it is a tool for an afternoon. */
const MAX_TTL_SEC = 86_400

export interface TokenArguments {
  readonly stage: string
  /** E-mail of a sample person. Default: the checklist's coordinator. */
  readonly user?: string | undefined
  /** Life of the token, seconds, as typed. */
  readonly ttl: string
}

export interface TokenPorts {
  readonly site: () => LocalSite | undefined
  readonly people: readonly SamplePerson[]
  readonly nowSec: () => number
}

/** A user context token of a sample person, signed with the running site's secret. */
export async function token(arguments_: TokenArguments, { site, people, nowSec }: TokenPorts): Promise<Outcome> {
  if (arguments_.stage !== 'local') {
    return badInput(`Tokens can be made for "local" only, whose people are invented; not for "${arguments_.stage}".`)
  }
  const ttlSec = Number(arguments_.ttl)
  if (!/^\d+$/.test(arguments_.ttl) || ttlSec < 1 || ttlSec > MAX_TTL_SEC) {
    return badInput(`--ttl is a number of seconds from 1 to ${MAX_TTL_SEC}.`)
  }
  const wanted = arguments_.user?.trim().toLowerCase()
  const person = people.find(({ email, saxId }) =>
    wanted === undefined ? saxId === SEED_COORDINATOR : email === wanted,
  )
  if (person === undefined) {
    const known = people.map(({ email, roles }) => `  ${email} (${roles.join(', ')})`).join('\n')
    return { kind: 'failed', text: '', reason: `No sample person has this e-mail. There are:\n${known}` }
  }
  const running = site()
  if (running === undefined) return noSite
  const mint = createMinter({ secret: running.userContextSecret, nowSec })
  const minted = await mint(contextOf(person), ttlSec)
  return { kind: 'done', text: minted.token }
}

export const noSite: Outcome = {
  kind: 'failed',
  text: '',
  reason: 'No site runs here. Start it with: npm start',
}

function badInput(reason: string): Outcome {
  return { kind: 'bad-input', reason }
}
