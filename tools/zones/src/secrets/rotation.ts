import type { SecretName } from '@sax/infra/secrets'
import { MAX_CLOCK_TOLERANCE_SEC, MAX_TOKEN_LIFE_SEC, SECRETS_TTL_SEC } from '@sax/user-context'
import { secretShapes } from './secret-shapes.ts'
import type { SecretFields } from './stored-secret.ts'

/**
 * A step of a rotation. `prepare`: a next value is added, which everybody accepts and nobody uses. `promote`: the next one
 * is used. `exchange`: a new one is used at once. `retire`: the one before is accepted no longer.
 */
export type RotationStep = 'prepare' | 'promote' | 'exchange' | 'retire'

export type Due =
  | { readonly kind: 'due'; readonly step: RotationStep }
  | { readonly kind: 'waiting'; readonly step: RotationStep; readonly dueAtMs: number; readonly leftSec: number }
  /** A rotation ended less than a day ago, and another one is most likely not meant. */
  | { readonly kind: 'finished'; readonly endedAtMs: number }

/** What a rotation is decided from: nothing but the secret itself, and the store's clock. */
export interface RotationFacts {
  readonly fields: SecretFields
  /** Fields of the version before, where it can be read. */
  readonly before: SecretFields | undefined
  /** When the version in use was written, and the present, both by the store's clock. */
  readonly createdAtMs: number
  readonly nowMs: number
}

/** Clocks of a provider's machines may differ by this much, and a read under way takes its time, seconds. */
const MARGIN_SEC = 60

/** A function reads its secrets again after this long at the latest. */
const EVERYBODY_HAS_READ_SEC = SECRETS_TTL_SEC + MARGIN_SEC

/** A session ends after a working day in any case, seconds. The host's own limit (ABSOLUTE_SEC). */
const SESSION_LIFE_SEC = 12 * 3600

/** Time for a person to make the new token the primary one in the carrier's console, seconds. */
const CARRIER_SWITCH_SEC = 24 * 3600

/** For this long after its end, a rotation that is asked for again is taken for a repetition, seconds. */
const REPETITION_SEC = 24 * 3600

interface Waits {
  /** From `prepare` to `promote`, seconds. */
  readonly promoteSec?: number
  /** From `promote` or `exchange` to `retire`, seconds. */
  readonly retireSec?: number
}

/** How long each step waits for the one before it. */
export const waits: Readonly<Record<SecretName, Waits>> = {
  'user-context': {
    promoteSec: EVERYBODY_HAS_READ_SEC,
    // The last process to notice signs its last token just before it does, and that token is forgiven its clock.
    retireSec: EVERYBODY_HAS_READ_SEC + MAX_TOKEN_LIFE_SEC + MAX_CLOCK_TOLERANCE_SEC,
  },
  session: { retireSec: EVERYBODY_HAS_READ_SEC + SESSION_LIFE_SEC },
  twilio: { retireSec: EVERYBODY_HAS_READ_SEC + CARRIER_SWITCH_SEC },
  auth0: {},
}

/** The step that is due now, or when it will be. `again`: a rotation is wanted although one has just ended. */
export function dueStep(name: SecretName, facts: RotationFacts, again = false): Due {
  const { fields, createdAtMs, nowMs } = facts
  const { main, next, previous } = secretShapes[name]
  const { promoteSec = 0, retireSec = 0 } = waits[name]
  const after = (step: RotationStep, waitSec: number): Due => {
    const dueAtMs = createdAtMs + waitSec * 1000
    return nowMs >= dueAtMs
      ? { kind: 'due', step }
      : { kind: 'waiting', step, dueAtMs, leftSec: Math.ceil((dueAtMs - nowMs) / 1000) }
  }
  if (previous !== undefined && fields[previous] !== undefined) return after('retire', retireSec)
  if (next !== undefined && fields[next] !== undefined) return after('promote', promoteSec)
  const retired =
    previous !== undefined && facts.before?.[previous] !== undefined && facts.before[main] === fields[main]
  if (retired && !again && nowMs < createdAtMs + REPETITION_SEC * 1000)
    return { kind: 'finished', endedAtMs: createdAtMs }
  return { kind: 'due', step: next === undefined ? 'exchange' : 'prepare' }
}

/** The fields after `step`. `fresh` holds what is new: the main field and, where a person gave them, the extra ones. */
export function afterStep(
  name: SecretName,
  step: RotationStep,
  fields: SecretFields,
  fresh: SecretFields,
): SecretFields {
  const { main, next, previous } = secretShapes[name]
  switch (step) {
    case 'prepare':
      return setting(fields, next, fresh[main])
    case 'promote':
      return setting(setting(setting(fields, previous, fields[main]), main, valueAt(fields, next)), next, undefined)
    case 'exchange':
      return { ...setting(fields, previous, fields[main]), ...fresh }
    case 'retire':
      return setting(fields, previous, undefined)
  }
}

/** The same fields with another value in one of them; undefined takes it away. A shape without that field stays as it is. */
function setting(fields: SecretFields, field: string | undefined, value: string | undefined): SecretFields {
  if (field === undefined) return fields
  const { [field]: _, ...others } = fields
  return value === undefined ? others : { ...others, [field]: value }
}

function valueAt(fields: SecretFields, field: string | undefined): string | undefined {
  return field === undefined ? undefined : fields[field]
}
