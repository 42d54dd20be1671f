/** An alarm as CloudWatch judges it now. */
export interface SeenAlarm {
  readonly name: string
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'
  /** So long something has to be wrong at least before it goes off. */
  readonly soonestSec: number
}

/** Those of these names that there are, in any order. @throws AwsFailure */
export type ReadAlarms = (names: readonly string[]) => Promise<readonly SeenAlarm[]>

/** What is known of alarms. `unreadable`: these credentials may not look. */
export type AlarmsSeen =
  | { readonly kind: 'seen'; readonly alarms: readonly SeenAlarm[]; readonly missing: readonly string[] }
  | { readonly kind: 'unreadable'; readonly told: string }

/** The alarms of these names, in that order, and those that are not there. @throws AwsFailure */
export async function lookAtAlarms(
  read: ReadAlarms,
  names: readonly string[],
): Promise<AlarmsSeen & { readonly kind: 'seen' }> {
  const found = new Map((await read(names)).map((one) => [one.name, one]))
  return {
    kind: 'seen',
    alarms: names.flatMap((name) => found.get(name) ?? []),
    missing: names.filter((name) => !found.has(name)),
  }
}

/** `4 OK, 1 ALARM (sleepconnect-develop-OutreachApiErrors)` */
export function alarmsText(alarms: readonly SeenAlarm[]): string {
  const states = (['OK', 'INSUFFICIENT_DATA', 'ALARM'] as const).flatMap((state) => {
    const such = alarms.filter((one) => one.state === state)
    if (such.length === 0) return []
    return [`${such.length} ${state}${state === 'ALARM' ? ` (${such.map(({ name }) => name).join(', ')})` : ''}`]
  })
  return states.join(', ')
}
