import type { Finding } from '../finding.ts'
import type { HostProject, LintModel } from '../model.ts'
import { inProject, isBackend, type Rule } from './rule.ts'

const SECRET = /SECRET|PASSWORD|PASSWD|PRIVATE_?KEY|CREDENTIAL|(?:^|_)(?:API|ACCESS|AUTH)_?(?:KEY|TOKEN)$/i

/** What the host knows it can send people to, around the zone; what it hands on in a build, everybody can read. */
export const hostKnowsBackend: Rule = (model) =>
  model.hosts.flatMap((host) => [...backends(host, model), ...secrets(host)])

function backends(host: HostProject, model: LintModel): readonly Finding[] {
  if (host.role !== 'host') return []
  return model.zones.flatMap((zone): readonly Finding[] => {
    // `OUTREACH_API_URL`: the API that only the zone's own routes may ask.
    const stem = zone.name.toUpperCase().replaceAll(/\W+/g, '_')
    const pattern = new RegExp(`^(?:NEXT_PUBLIC_)?${stem}_(?:API|BACKEND|GATEWAY|LAMBDA)(?:_\\w+)?$`)
    const witness = zone.api[0] ?? zone.basePath
    const said = (name: string) => ({
      witness,
      why: `The host is told ${name}. Only a rewrite that goes around ${zone.name} needs it.`,
      fix: `Take ${name} away from the host; the API routes of ${zone.name} know the backend.`,
    })
    return [
      ...host.variables
        .filter((name) => pattern.test(name))
        .map((name) => inProject('host-knows-backend', 'error', host, `process.env.${name}`, said(name))),
      ...host.envFiles.flatMap(({ file, names }) =>
        names
          .filter((name) => pattern.test(name))
          .map((name) => inProject('host-knows-backend', 'error', { file }, name, said(name))),
      ),
      ...host.exposed
        .filter(({ text }) => isBackend(/^https?:\/\/([^/]+)/.exec(text)?.[1], model))
        .map(({ name }) => inProject('host-knows-backend', 'error', host, `env.${name}`, said(name))),
    ]
  })
}

function secrets(host: HostProject): readonly Finding[] {
  return host.exposed
    .filter(({ name, variables }) => [name, ...variables].some((one) => SECRET.test(one)))
    .map(({ name }) =>
      inProject('host-knows-backend', 'error', host, `env.${name}`, {
        witness: '/',
        why: `${name} is written into the build: whoever has the artefact, or the browser's script, has the secret.`,
        fix: 'Take it out of the configuration, and read it at run time on the server alone.',
      }),
    )
}
