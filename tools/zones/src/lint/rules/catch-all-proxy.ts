import { difference, isEmpty, ofNextSource } from '../../paths/path-language.ts'
import type { Finding } from '../finding.ts'
import { telling } from '../territory.ts'
import { inProject, type Rule } from './rule.ts'

/** A route for everything passes on what nobody thought of, the caller's own identity headers first. */
export const catchAllProxy: Rule = ({ hosts, zones }) => {
  const named = ofNextSource('/:segment+', { caseSensitive: true })
  return hosts.flatMap((host) => [
    ...host.catchAllRoutes.map((route) =>
      inProject('catch-all-proxy', 'error', host, route, {
        witness: route.replace(/\/\[.*$/, '/x'),
        why: 'An API route for every path below it: whatever is asked is answered or passed on.',
        fix: 'List the routes one by one.',
      }),
    ),
    ...host.claims
      // What is left over, Next's documentation hands to an older site; that is what `fallback` is for.
      .filter(
        ({ phase, destination, conditional }) => phase !== 'fallback' && destination.host !== undefined && !conditional,
      )
      .filter(({ language }) => isEmpty(difference(named, language)))
      .flatMap((claim): Finding[] => {
        const witness = telling(claim, zones)
        return [
          inProject('catch-all-proxy', 'error', host, claim.place, {
            witness: witness ?? '/x',
            why: `Every path of the host goes to ${claim.destination.shown}, with every header the caller sent.`,
            fix: 'Name the paths that are meant, or move the rewrite to fallback.',
          }),
        ]
      }),
  ])
}
