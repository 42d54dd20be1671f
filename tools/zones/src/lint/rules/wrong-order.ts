import { intersection, isEmpty } from '../../paths/path-language.ts'
import type { Finding } from '../finding.ts'
import { pathOf } from '../territory.ts'
import { alike, atBehavior, inProject, type Rule } from './rule.ts'

/** First match wins: what stands behind a broader pattern is never asked. */
export const wrongOrder: Rule = ({ distributions, hosts, zones }) => [
  ...distributions.flatMap((one) =>
    one.claims.flatMap((claim, i): Finding[] => {
      if (claim.behavior.isDefault || !isEmpty(claim.effective) || isEmpty(claim.language)) return []
      const before = one.claims.slice(0, i).find(({ language }) => !isEmpty(intersection(language, claim.language)))
      if (before === undefined || alike(before, claim)) return []
      return [
        atBehavior('wrong-order', 'error', one, claim, {
          witness: pathOf(
            claim.language,
            zones.find(({ basePath }) => claim.pattern.startsWith(basePath)),
          ),
          why: `${before.place} matches everything that ${claim.pattern} matches and stands before it, so this behaviour is never used.`,
          fix: `Move ${claim.pattern} before ${before.pattern}.`,
        }),
      ]
    }),
  ),
  ...hosts.flatMap((host) =>
    host.claims.flatMap((claim, i): Finding[] => {
      if (!isEmpty(claim.effective) || isEmpty(claim.language)) return []
      const before = host.claims
        .slice(0, i)
        .find(({ language, conditional }) => !conditional && !isEmpty(intersection(language, claim.language)))
      if (before === undefined) return []
      const same =
        before.destination.host === claim.destination.host &&
        before.destination.keepsPath === claim.destination.keepsPath
      if (same) return []
      return [
        inProject('wrong-order', 'error', host, claim.place, {
          witness: pathOf(claim.language),
          why: `${before.place} matches everything that ${claim.pattern} matches and comes before it, so this rewrite is never used.`,
          fix: `Move ${claim.pattern} before ${before.pattern}.`,
        }),
      ]
    }),
  ),
]
