import { difference, everyPath, ofNextSource, type PathLanguage, witness } from '../../paths/path-language.ts'
import { PathSourceError } from '../../paths/path-source-error.ts'
import { effectiveSets } from '../claims.ts'
import type { HostProject, InspectedZone, RewriteClaim, RewritePhase } from '../model.ts'
import { nothing, sharesOf } from '../territory.ts'
import { readDestination } from './destination.ts'
import type { EvaluatedTwice, WrittenRewrite } from './load.ts'

const PHASES = ['beforeFiles', 'afterFiles', 'fallback'] as const satisfies readonly RewritePhase[]

/**
 * The rewrites of a configuration in the order Next tries them, with what each of them really gets, and what is left.
 * @source Next.js docs, "rewrites"
 */
export function readRewrites(
  { filled, unset }: EvaluatedTwice,
  basePath: string,
  zones: readonly InspectedZone[],
): Pick<HostProject, 'claims' | 'left' | 'unreadable'> {
  const unreadable: HostProject['unreadable'][number][] = []
  const found = PHASES.flatMap((phase) =>
    filled.rewrites[phase].map((rewrite, i) => {
      const place = `rewrites() ${phase}[${i}] ${rewrite.source}`
      const read = languageOf(rewrite, phase, filled.caseSensitive, basePath)
      if (typeof read === 'string') unreadable.push({ place, why: read })
      const language = typeof read === 'string' ? nothing() : read
      const twin = unset?.rewrites[phase].find(
        (other, j) => other.source === rewrite.source && (j === i || other.destination !== rewrite.destination),
      )
      const conditional = (rewrite.has?.length ?? 0) + (rewrite.missing?.length ?? 0) > 0
      const source = rewrite.basePath === false ? rewrite.source : basePath + rewrite.source
      const destination = readDestination({
        source,
        destination: rewrite.destination,
        unset: twin?.destination,
        variables: filled.variables,
        sample: witness(language),
      })
      const asSpelled = languageOf(rewrite, 'afterFiles', true, basePath)
      const spelled = typeof asSpelled === 'string' ? nothing() : asSpelled
      return { place, pattern: source, language, spelled, conditional, phase, destination }
    }),
  )
  const sets = effectiveSets(found)
  const claims: readonly RewriteClaim[] = found.map((claim, i) => {
    const effective = sets[i]?.effective ?? claim.language
    return { ...claim, effective, takes: sharesOf(effective, zones) }
  })
  const left = claims
    .filter(({ conditional }) => !conditional)
    .reduce((rest, { language }) => difference(rest, language), everyPath())
  return { claims, left: sharesOf(left, zones), unreadable }
}

function languageOf(
  { source, basePath: own }: WrittenRewrite,
  phase: RewritePhase,
  caseSensitive: boolean,
  basePath: string,
): PathLanguage | string {
  try {
    return ofNextSource(source, {
      // Next reads the setting for the later phases only.
      caseSensitive: phase !== 'beforeFiles' && caseSensitive,
      ...(own === false || basePath === '' ? {} : { basePath }),
    })
  } catch (error) {
    if (error instanceof PathSourceError) return error.code
    throw error
  }
}
