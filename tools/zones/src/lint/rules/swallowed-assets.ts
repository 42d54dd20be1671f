import { atBehavior, originOf, pageClaims, type Rule } from './rule.ts'

/** `/outreach*` looks like the shorter way to write `/outreach` and `/outreach/*`. */
export const swallowedAssets: Rule = ({ distributions, zones }) =>
  distributions.flatMap((one) =>
    zones
      // Files below the base path belong to the same pattern.
      .filter(({ assetPrefix, basePath }) => assetPrefix !== undefined && !`${assetPrefix}/`.startsWith(`${basePath}/`))
      .flatMap((zone) =>
        pageClaims(one, zone).flatMap((claim) => {
          const witness = claim.takes.get(zone.name)?.assets
          if (witness === undefined || originOf(one, claim)?.kind === 's3' || !isAbout(claim.pattern, zone.basePath))
            return []
          return [
            atBehavior('swallowed-assets', 'error', one, claim, {
              witness,
              why: `${claim.pattern} is meant for pages and takes the files below ${zone.assetPrefix} too; they go to ${claim.behavior.targetOriginId} under the pages' policies.`,
              fix: `Replace it by two behaviours, ${zone.basePath} and ${zone.basePath}/*.`,
            }),
          ]
        }),
      ),
  )

/** The pattern was written with the zone in mind: it begins as the zone does. */
function isAbout(pattern: string, basePath: string): boolean {
  const fixed = `/${pattern.replace(/^\//, '')}`.replace(/[*?].*$/, '')
  return fixed !== '/' && (basePath.startsWith(fixed) || fixed.startsWith(basePath))
}
