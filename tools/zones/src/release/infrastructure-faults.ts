import type { ReleaseFacts, SeenFunction } from './release-facts.ts'

/** Something that has to be mended before a release, with the command that does. */
export interface Refusal {
  readonly why: string
  readonly next: string
}

/**
 * What of the infrastructure is not as a release needs it: whole stacks, functions that the artefact fits and that have
 * every setting it does not start without, URLs bound to the alias in the mode the function was built for, distributions
 * that are everywhere.
 */
export function infrastructureFaults(facts: ReleaseFacts): readonly Refusal[] {
  const { layout, stacks, functions, distributions, manifest } = facts
  const next = `npx zones infra status ${layout.stage}`
  const fault = (why: string): Refusal => ({ why, next })
  const whole = Object.entries(stacks).flatMap(([name, status]) => {
    if (status === undefined) return [fault(`There is no stack ${name}.`)]
    return /^(CREATE|UPDATE|IMPORT)_COMPLETE$|^(UPDATE|IMPORT)_ROLLBACK_COMPLETE$/.test(status)
      ? []
      : [fault(`The stack ${name} is ${status}.`)]
  })
  const fitting = manifest.functions.flatMap((built) => {
    const place = layout.functions.find(({ role }) => role === built.role)
    if (place === undefined) return [fault(`The stage has no function for ${built.role}.`)]
    const seen = functions[built.role]
    if (seen === undefined) return [fault(`${place.functionName} is not there, or has no alias live.`)]
    const lacking = (built.needs ?? []).filter((name) => !(name in seen.latest.variables))
    return [
      ...misfits(built, seen, manifest).map((what) => fault(`${place.functionName} ${what}.`)),
      ...(lacking.length === 0
        ? []
        : [
            {
              why: `${place.functionName} has no ${lacking.join(', ')}, without which this release of it does not start: the infrastructure is to be applied first.`,
              next: `npx zones infra apply ${layout.stage}`,
            },
          ]),
    ]
  })
  const edges = layout.distributions.flatMap(({ zone }) => {
    const one = distributions[zone]
    if (one === undefined) return [fault(`The distribution of ${zone} is not there.`)]
    const name = layout.hostNames[zone]
    return [
      ...(one.isEnabled ? [] : [fault(`The distribution of ${zone} is disabled.`)]),
      ...(one.status === 'Deployed' ? [] : [fault(`The distribution of ${zone} is still on its way to the edges.`)]),
      ...(one.aliases.includes(name) ? [] : [fault(`The distribution of ${zone} does not answer to ${name}.`)]),
    ]
  })
  return [...whole, ...fitting, ...edges]
}

function misfits(
  built: ReleaseFacts['manifest']['functions'][number],
  { latest, url }: SeenFunction,
  { runtime, architecture }: ReleaseFacts['manifest'],
): readonly string[] {
  return [
    ...(latest.runtime === runtime ? [] : [`runs ${latest.runtime}, and the release is built for ${runtime}`]),
    ...(latest.architecture === architecture
      ? []
      : [`is ${latest.architecture}, and the release is built for ${architecture}`]),
    ...(latest.handler === built.handler ? [] : [`starts at ${latest.handler}, and the release at ${built.handler}`]),
    ...(latest.failure === undefined ? [] : [`did not take its last change: ${latest.failure}`]),
    ...(built.url === 'none' || url?.invokeMode === built.url
      ? []
      : [
          `has ${url === undefined ? 'no URL at its alias' : `a URL in mode ${url.invokeMode}`}, and the release needs ${built.url}`,
        ]),
    ...(url === undefined || url.authType === 'AWS_IAM' ? [] : ['has a URL that anybody may call']),
  ]
}
