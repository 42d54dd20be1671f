import type { Finding } from '../finding.ts'
import { atDistribution, inProject, type Rule } from './rule.ts'

/** What AWS or Next would refuse on the day of the deployment. */
export const brokenConfiguration: Rule = ({ distributions, hosts }) => [
  ...distributions.flatMap((one) =>
    one.problems
      .filter(({ code }) => !/^unknown_(?:.*policy|function)$|^unsupported$/.test(code))
      .map(({ message, where }) =>
        atDistribution('broken-configuration', 'error', one, {
          witness: '/',
          why: `${message}.`,
          fix: `Correct it at ${where}.`,
        }),
      ),
  ),
  ...hosts.flatMap((host) =>
    host.unreadable.map(
      ({ place, why }): Finding =>
        inProject('broken-configuration', why === 'unreadable' ? 'error' : 'warning', host, place, {
          witness: '/',
          why:
            why === 'unreadable'
              ? 'Next cannot read this source.'
              : `What this source matches cannot be decided (${why}).`,
          fix: 'Write the source with named parameters: /blog/:path*.',
        }),
    ),
  ),
]
