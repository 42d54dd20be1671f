import type { Health } from '@sax/api-contract'

/** A part of the site as the administration page shows it. */
export interface PartReport {
  readonly name: string
  readonly what: string
  readonly state: 'ok' | 'degraded' | 'away' | 'unknown'
  readonly release: string | undefined
  /** Round trip from this browser; undefined when nobody measured it. */
  readonly responseTimeMs: number | undefined
  /** Set when the state needs an explanation. */
  readonly note: string | undefined
}

/** What a part answered when this browser asked for its health. */
export type HealthAnswer =
  | { readonly kind: 'answered'; readonly health: Health; readonly responseTimeMs: number }
  | { readonly kind: 'silent' }

export interface AskedPart {
  readonly name: string
  readonly what: string
}

/** A part that answers for itself. */
export function ownReport({ name, what }: AskedPart, answer: HealthAnswer): PartReport {
  if (answer.kind === 'silent') {
    return { name, what, state: 'away', release: undefined, responseTimeMs: undefined, note: 'Does not answer' }
  }
  const { status, release, dependencies } = answer.health
  const missing = Object.entries(dependencies ?? {}).filter(([, state]) => state === 'unavailable')
  return {
    name,
    what,
    state: status,
    release,
    responseTimeMs: answer.responseTimeMs,
    note: missing.length === 0 ? undefined : `Waits for ${missing.map(([part]) => part).join(', ')}`,
  }
}

/** A part nobody outside can ask: known through the one that depends on it. */
export function reportedBy({ name, what }: AskedPart, answer: HealthAnswer): PartReport {
  const unknown = { name, what, release: undefined, responseTimeMs: undefined }
  if (answer.kind === 'silent') return { ...unknown, state: 'unknown', note: 'Nobody can ask it right now' }
  const told = answer.health.upstream?.find(({ part }) => part === name)
  if (told) {
    const { status, release, responseTimeMs } = told
    return { name, what, state: status, release, responseTimeMs, note: undefined }
  }
  switch (answer.health.dependencies?.[name]) {
    case 'ok':
      return { ...unknown, state: 'ok', note: undefined }
    case 'unavailable':
      return { ...unknown, state: 'away', note: 'Does not answer' }
    case undefined:
      return { ...unknown, state: 'unknown', note: undefined }
  }
}

/** The site in one sentence. */
export function summary(parts: readonly PartReport[]): string {
  const ailing = parts.filter(({ state }) => state !== 'ok')
  if (ailing.length === 0) return 'All parts answer.'
  return `${ailing.length} of ${parts.length} parts need attention: ${ailing.map(({ what }) => what).join(', ')}.`
}
