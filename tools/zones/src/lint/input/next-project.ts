import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  difference,
  everyPath,
  ofNextSource,
  ofProxyMatcher,
  type PathLanguage,
  union,
  witness,
} from '../../paths/path-language.ts'
import { PathSourceError } from '../../paths/path-source-error.ts'
import { effectiveSets } from '../claims.ts'
import type { HostProject, InspectedZone, ProxyProject, RewriteClaim, RewritePhase } from '../model.ts'
import { readDestination } from '../next-config/destination.ts'
import { type EvaluatedTwice, evaluateNextConfig, type WrittenRewrite } from '../next-config/load.ts'
import { sentinelsIn, withNames } from '../next-config/sentinel.ts'
import { nothing, sharesOf } from '../territory.ts'
import { readMatcher } from './proxy-file.ts'
import { UnreadableInput } from './unreadable-input.ts'

/** In Next's order of looking. @source Next.js docs, "next.config.js" */
const CONFIGS = ['js', 'mjs', 'ts', 'mts', 'cjs'].map((ending) => `next.config.${ending}`)

/** @source Next.js docs, "proxy.js": beside `app` or `pages`, in the project or in its `src` */
const PROXIES = ['proxy', 'middleware'].flatMap((name) =>
  ['ts', 'js', 'mts', 'mjs'].flatMap((ending) => [`${name}.${ending}`, `src/${name}.${ending}`]),
)

const MAX_FILE_BYTES = 2 * 1024 * 1024

export interface ProjectAsked {
  /** The folder, and the name it is reported under. */
  readonly folder: string
  readonly shown: string
  readonly role: HostProject['role']
  readonly zones: readonly InspectedZone[]
  readonly guarded?: readonly string[]
  readonly catchAllRoutes?: readonly string[]
}

/** A Next.js project's configuration, proxy and names of variables. @throws UnreadableInput */
export async function readNextProject(asked: ProjectAsked): Promise<HostProject> {
  const { folder, shown, role, zones } = asked
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new UnreadableInput(`${shown} is not a folder; give the one that holds the host's next.config.`)
  }
  const config = CONFIGS.find((name) => existsSync(join(folder, name)))
  if (config === undefined) {
    throw new UnreadableInput(`${shown} has no next.config.js, .mjs or .ts; give the folder of the host's application.`)
  }
  const file = join(shown, config)
  const evaluated = await evaluateNextConfig(join(folder, config), file)
  const basePath = pathIn(evaluated, 'basePath')
  const { claims, unreadable } = rewriteClaims(evaluated, basePath, zones)
  const left = claims
    .filter(({ conditional }) => !conditional)
    .reduce((rest, claim) => difference(rest, claim.language), everyPath())
  return {
    file,
    role,
    basePath,
    claims,
    left: sharesOf(left, zones),
    unreadable,
    proxy: readProxy(folder, shown, basePath),
    variables: evaluated.filled.variables,
    exposed: exposedSettings(evaluated),
    envFiles: envFiles(folder, shown),
    catchAllRoutes: asked.catchAllRoutes ?? [],
    guarded: asked.guarded ?? [],
  }
}

/** A base path that comes from a variable is the one it has without. */
function pathIn({ filled, unset }: EvaluatedTwice, name: 'basePath'): string {
  const value = filled.config[name] ?? ''
  return sentinelsIn(value).length > 0 ? (unset?.config[name] ?? '') : value
}

const PHASES = ['beforeFiles', 'afterFiles', 'fallback'] as const satisfies readonly RewritePhase[]

function rewriteClaims({ filled, unset }: EvaluatedTwice, basePath: string, zones: readonly InspectedZone[]) {
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
  return { claims, unreadable }
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

function readProxy(folder: string, shown: string, basePath: string): ProxyProject | undefined {
  const name = PROXIES.find((candidate) => existsSync(join(folder, candidate)))
  if (name === undefined) return undefined
  const path = join(folder, name)
  if (statSync(path).size > MAX_FILE_BYTES)
    throw new UnreadableInput(`${join(shown, name)} is too large to be a proxy.`)
  const matcher = readMatcher(readFileSync(path, 'utf8'))
  const file = join(shown, name)
  if (matcher.kind !== 'sources') return { file, matcher, language: undefined, entries: [] }
  try {
    const entries = matcher.sources.map(({ source }) => ({ source, language: ofProxyMatcher(source, { basePath }) }))
    return { file, matcher, entries, language: union(nothing(), ...entries.map(({ language }) => language)) }
  } catch (error) {
    if (!(error instanceof PathSourceError)) throw error
    throw new UnreadableInput(`${file}: ${error.message}; write the matcher so that Next can read it.`)
  }
}

/** What the configuration hands on to browsers or to the running server, by the name it has there. */
function exposedSettings({ filled }: EvaluatedTwice): HostProject['exposed'] {
  const { env, publicRuntimeConfig, serverRuntimeConfig } = filled.config
  return [env, publicRuntimeConfig, serverRuntimeConfig].flatMap((block) =>
    typeof block !== 'object' || block === null
      ? []
      : Object.entries(block).map(([name, value]) => {
          const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
          const variables = sentinelsIn(text).flatMap((index) => filled.variables[index] ?? [])
          return { name, variables, text: withNames(text, filled.variables) }
        }),
  )
}

/** Names alone: a value may be a secret. */
function envFiles(folder: string, shown: string): HostProject['envFiles'] {
  return readdirSync(folder)
    .filter((name) => /^\.env(?:\.[\w.-]+)?$/.test(name) && !/\.(?:example|sample|template)$/.test(name))
    .filter((name) => statSync(join(folder, name)).isFile() && statSync(join(folder, name)).size <= MAX_FILE_BYTES)
    .map((name) => ({
      file: join(shown, basename(name)),
      names: [...readFileSync(join(folder, name), 'utf8').matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm)].flatMap(
        (match) => match[1] ?? [],
      ),
    }))
}
