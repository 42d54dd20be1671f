import { type AlarmsSeen, alarmsText } from './alarms.ts'
import { type Conflict, conflictText } from './contracts.ts'
import type { Refusal } from './infrastructure-faults.ts'
import { databaseRefusals } from './migrations.ts'
import type { ReleaseFacts } from './release-facts.ts'
import { BACKEND } from './stage-layout.ts'

const WITHOUT = 'leave --shift out'

/**
 * Why the backend's calls may not be shared between its old and its new version, where a shift was asked for.
 * @param conflicts who would not understand whom while both answer
 * @param apply migrations that are applied before it comes to that
 */
export function shiftRefusals(
  facts: ReleaseFacts,
  conflicts: readonly Conflict[],
  apply: readonly string[],
): readonly Refusal[] {
  const { shift, live, layout } = facts
  if (shift === undefined) return []
  const old = live?.current.functions[BACKEND]
  if (old?.release == null) {
    const why = 'No release of the backend is live, so that there is nobody to share its calls with.'
    return [{ why, next: `${capital(WITHOUT)}.` }]
  }
  return [
    ...alarmRefusals(shift.alarms, layout.stage),
    ...conflicts.map((one) => ({
      why: `The old and the new backend cannot answer side by side: ${conflictText(one)}.`,
      next: `Let the listener understand both versions in a release of its own first, or ${WITHOUT}.`,
    })),
    ...databaseFaults(facts, old.artefact, apply).map((why) => ({
      why: `The old and the new backend cannot share the database: ${why}.`,
      next: `${capital(WITHOUT)}.`,
    })),
  ]
}

function alarmRefusals(seen: AlarmsSeen, stage: string): readonly Refusal[] {
  if (seen.kind === 'unreadable') {
    const next = `npx zones infra apply ${stage} gives the deploy role that right; or ${WITHOUT}.`
    return [{ why: `Nobody could watch the shift: ${seen.told}`, next }]
  }
  const loud = seen.alarms.filter(({ state }) => state === 'ALARM')
  return [
    ...seen.missing.map((name) => ({
      why: `There is no alarm ${name}, which would have to be watched.`,
      next: `npx zones infra apply ${stage}, or ${WITHOUT}.`,
    })),
    ...(loud.length === 0
      ? []
      : [
          {
            why: `The backend is not well before anything is shifted: ${alarmsText(loud)}.`,
            next: `See why (npx zones doctor ${stage}) and wait until it is over, or ${WITHOUT}.`,
          },
        ]),
  ]
}

/** What the release that is live would miss in the database that the new one needs. */
function databaseFaults(
  { manifests, manifest, applied }: ReleaseFacts,
  artefact: string | null,
  apply: readonly string[],
): readonly string[] {
  const old = artefact === null ? undefined : manifests.get(artefact)
  if (old === undefined || applied === undefined) return ['nobody can say what the backend that is live needs of it']
  const known = [...manifests.values(), manifest].flatMap(({ migrations }) => migrations)
  const coming = manifest.migrations.filter(({ name }) => apply.includes(name))
  return databaseRefusals(old, [...applied, ...coming], known)
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
