import type { ConfigurationChange, VariableChange } from './configuration-change.ts'
import type { PlannedFunction, ReleasePlan } from './plan-release.ts'

/** A plan for a terminal: what would be live, and what changes on the way, in the order it is done. */
export function planText(plan: ReleasePlan): string {
  const { migrations } = plan
  return [
    `${plan.release} to ${plan.stage} (${plan.zones.join(', ')}); live now: ${plan.live}`,
    `  artefact ${plan.digest.slice(0, 12)}, commit ${plan.commit.slice(0, 12)}`,
    ...plan.gates.map(({ gate, standing, told }) => `  gate ${gate}: ${standing}${told === '' ? '' : ` (${told})`}`),
    ...plan.assets.map(
      ({ zone, hashed, unhashed, bucket }) =>
        `  files of ${zone}: ${hashed} with a hash, ${unhashed} without, into ${bucket}`,
    ),
    ...(migrations.isKnown || !plan.zones.includes('api')
      ? []
      : ['  migrations: only the new function can say what the database has']),
    ...migrations.apply.map((name) => `  migration ${name}: is applied`),
    ...migrations.postponed.map(({ name, because }) => `  migration ${name}: stays for now, ${because}`),
    ...plan.functions.flatMap(functionText),
    ...(plan.flips.length === 0 ? [] : [`  aliases move in this order: ${plan.flips.join(', ')}`]),
    ...plan.invalidations.map((path) => `  every edge forgets ${path}`),
    ...plan.notes.map((note) => `  ! ${note}`),
  ].join('\n')
}

function functionText({ role, from, code, configuration }: PlannedFunction): readonly string[] {
  return [
    `  ${role}: ${code === 'new' ? 'new code' : 'the same code'}, from version ${from.version} (${from.release ?? 'no release'})`,
    ...configurationText(configuration),
  ]
}

function configurationText({ added, changed, removed }: ConfigurationChange): readonly string[] {
  const value = (text: string | undefined) => text ?? ''
  const line = (sign: string, { name }: VariableChange, what: string) => `      ${sign} ${name} ${what}`
  return [
    ...added.map((one) => line('+', one, value(one.to))),
    ...changed.map((one) => line('~', one, `${value(one.from)} -> ${value(one.to)}`)),
    ...removed.map((one) => line('-', one, value(one.from))),
  ]
}
