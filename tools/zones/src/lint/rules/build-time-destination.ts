import type { Finding } from '../finding.ts'
import { telling } from '../territory.ts'
import { inProject, type Rule } from './rule.ts'

/** `rewrites()` runs while building: its destinations are in the artefact. @source Next.js docs, "rewrites" */
export const buildTimeDestination: Rule = ({ hosts, zones }) =>
  hosts.flatMap((host) =>
    host.claims.flatMap(({ place, destination, takes }): Finding[] => {
      const witness = telling({ takes }, zones)
      if (witness === undefined || destination.variables.length === 0) return []
      const variables = destination.variables.join(', ')
      return [
        inProject('build-time-destination', 'warning', host, place, {
          witness,
          why: `${variables} is read while building: a value changed on the running host changes nothing, and one build cannot serve two stages.`,
          fix: 'Carry the zone in proxy.ts with NextResponse.rewrite, which reads the variable at run time.',
        }),
      ]
    }),
  )
