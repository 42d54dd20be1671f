import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ofProxyMatcher, union } from '../../paths/path-language.ts'
import { PathSourceError } from '../../paths/path-source-error.ts'
import type { HostProject, InspectedZone, ProxyProject } from '../model.ts'
import { type EvaluatedTwice, evaluateNextConfig } from '../next-config/load.ts'
import { readRewrites } from '../next-config/rewrite-claims.ts'
import { sentinelsIn, withNames } from '../next-config/sentinel.ts'
import { nothing } from '../territory.ts'
import { withoutComments } from './js-literal.ts'
import { readOpenNext } from './open-next.ts'
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
  return {
    file,
    role,
    basePath,
    ...readRewrites(evaluated, basePath, zones),
    proxy: readProxy(folder, shown, basePath),
    variables: evaluated.filled.variables,
    exposed: exposedSettings(evaluated),
    envFiles: envFiles(folder, shown),
    openNext: readOpenNext(folder, shown),
    catchAllRoutes: asked.catchAllRoutes ?? [],
    guarded: asked.guarded ?? [],
  }
}

/** A base path that comes from a variable is the one it has without. */
function pathIn({ filled, unset }: EvaluatedTwice, name: 'basePath'): string {
  const value = filled.config[name] ?? ''
  return sentinelsIn(value).length > 0 ? (unset?.config[name] ?? '') : value
}

function readProxy(folder: string, shown: string, basePath: string): ProxyProject | undefined {
  const name = PROXIES.find((candidate) => existsSync(join(folder, candidate)))
  if (name === undefined) return undefined
  const path = join(folder, name)
  if (statSync(path).size > MAX_FILE_BYTES)
    throw new UnreadableInput(`${join(shown, name)} is too large to be a proxy.`)
  const text = readFileSync(path, 'utf8')
  const matcher = readMatcher(text)
  const carries = carriage(text)
  const file = join(shown, name)
  if (matcher.kind !== 'sources') return { file, matcher, carries, language: undefined, entries: [] }
  try {
    const entries = matcher.sources.map(({ source }) => ({ source, language: ofProxyMatcher(source, { basePath }) }))
    return { file, matcher, carries, entries, language: union(nothing(), ...entries.map(({ language }) => language)) }
  } catch (error) {
    if (!(error instanceof PathSourceError)) throw error
    throw new UnreadableInput(`${file}: ${error.message}; write the matcher so that Next can read it.`)
  }
}

/** Whether a proxy rewrites, by its text: what it imports may do it too. */
function carriage(text: string): ProxyProject['carries'] {
  const code = withoutComments(text)
  if (/\brewrite\s*\(/.test(code)) return 'yes'
  return /\bfrom\s*['"](?:\.|@\/|~\/|#)/.test(code) ? 'perhaps' : 'no'
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
