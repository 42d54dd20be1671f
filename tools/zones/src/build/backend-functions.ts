import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { MIGRATION_FILE } from '@sax/release'
import type { FunctionRole } from '@sax/topology'
import { build, type Plugin } from 'esbuild'
import { BuildError } from './build-error.ts'
import type { Contents } from './zip.ts'

/** A function that esbuild makes of one entry. */
export interface BackendFunction {
  readonly role: FunctionRole
  /** Relative to the root of the sources. */
  readonly entry: string
  readonly url: 'RESPONSE_STREAM' | 'none'
  /** Takes the migrations' files with it. */
  readonly withMigrations?: true
}

export const MIGRATIONS_FOLDER = 'apps/outreach-api/migrations'

export const backendFunctions: readonly BackendFunction[] = [
  { role: 'outreach-api-routes', entry: 'apps/outreach-api-routes/src/lambda.ts', url: 'RESPONSE_STREAM' },
  { role: 'outreach-api', entry: 'apps/outreach-api/src/lambda.ts', url: 'none' },
  { role: 'outreach-worker', entry: 'apps/outreach-api/src/worker-lambda.ts', url: 'none' },
  {
    role: 'outreach-migrations',
    entry: 'apps/outreach-api/src/migrations-lambda.ts',
    url: 'none',
    withMigrations: true,
  },
]

export interface Bundled {
  readonly contents: Contents
  readonly maps: Contents
}

/** Code of third parties that is CommonJS looks these up as it was used to. */
const BANNER = [
  "import { createRequire as requireOf } from 'node:module'",
  "import { dirname as folderOf } from 'node:path'",
  "import { fileURLToPath as pathOf } from 'node:url'",
  'const require = requireOf(import.meta.url)',
  'const __filename = pathOf(import.meta.url)',
  'const __dirname = folderOf(__filename)',
].join('\n')

/** Never there, and asked for in a `try`: the native client of `pg`. */
const ABSENT = ['pg-native']

/** Zod brings its messages in fifty languages. None but English, its own, is ever asked for. */
const oneLanguage: Plugin = {
  name: 'one-language',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    }))
  },
}

/**
 * One file of everything that `entry` needs at once, beside it files of what it imports when it first needs that, and
 * their source maps.
 */
export async function bundleFunction(
  workspace: string,
  { role, entry, withMigrations }: BackendFunction,
): Promise<Bundled> {
  const outdir = join(workspace, '.local', role)
  const { outputFiles } = await build({
    absWorkingDir: workspace,
    entryPoints: [{ in: entry, out: 'index' }],
    outdir,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    chunkNames: 'later-[hash]',
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    // Names of errors and of functions stand in logs. Keeping them beside shortened ones takes time at each start.
    minifyWhitespace: true,
    legalComments: 'none',
    sourcemap: 'external',
    sourcesContent: false,
    external: ABSENT,
    plugins: [oneLanguage],
    banner: { js: BANNER },
    logLevel: 'silent',
  }).catch((cause: unknown) => {
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new BuildError('program', `${role} could not be bundled. ${said}`, { cause })
  })
  const made = outputFiles
    .map(({ path, contents }) => [relative(outdir, path), contents] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  const contents = new Map(made.filter(([path]) => path.endsWith('.mjs')))
  if (!contents.has('index.mjs')) throw new BuildError('program', `${role} has no code.`)
  if (withMigrations) for (const { name, sql } of migrationFiles(workspace)) contents.set(`migrations/${name}`, sql)
  return { contents, maps: new Map(made.filter(([path]) => path.endsWith('.map'))) }
}

/** The migrations' files in their order. @throws BuildError `unaccounted` for another file among them */
export function migrationFiles(root: string): readonly { readonly name: string; readonly sql: Uint8Array }[] {
  const names = readdirSync(join(root, MIGRATIONS_FOLDER)).toSorted()
  const other = names.find((name) => !MIGRATION_FILE.test(name))
  if (other !== undefined) {
    throw new BuildError('unaccounted', `${MIGRATIONS_FOLDER}/${other} is no migration, and nobody said where it goes.`)
  }
  return names.map((name) => ({ name, sql: readFileSync(join(root, MIGRATIONS_FOLDER, name)) }))
}
