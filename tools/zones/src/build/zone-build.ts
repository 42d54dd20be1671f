import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { repositoryRoot } from '@sax/local/settings'
import { transform } from 'esbuild'
import { z } from 'zod'
import { BuildError } from './build-error.ts'
import { replaced, replacements, reproducibleSettings } from './build-names.ts'
import { type Sorted, sortOutputs, zoneDestinations } from './destinations.ts'
import { readFolder } from './read-folder.ts'
import { runBuildProgram } from './run-build-program.ts'
import type { Contents } from './zip.ts'

export interface ZoneBuildOptions {
  /** Folder of the application below `apps`. */
  readonly application: string
  readonly workspace: string
  readonly release: string
  readonly sourceDigest: string
  readonly scratch: string
  readonly under?: readonly string[] | undefined
  readonly signal?: AbortSignal | undefined
}

export interface ZoneBuild {
  /** The function's package, from its top. */
  readonly server: Contents
  /** Below `_next/static`. */
  readonly hashed: Contents
  readonly maps: Contents
  readonly url: 'RESPONSE_STREAM' | 'BUFFERED'
  readonly outputs: Sorted['outputs']
}

const PROGRAM = relative(repositoryRoot, fileURLToPath(new URL('./open-next-program.ts', import.meta.url)))

const description = z.object({
  origins: z.object({ default: z.object({ handler: z.literal('index.handler'), streaming: z.boolean() }) }),
})
const prerenders = z.object({
  preview: z.object({
    previewModeId: z.string().min(16),
    previewModeSigningKey: z.string().min(16),
    previewModeEncryptionKey: z.string().min(16),
  }),
})

/** Builds one Next application into a function and its hashed files. */
export async function buildZone(options: ZoneBuildOptions): Promise<ZoneBuild> {
  const { application, workspace, release, sourceDigest, scratch, under, signal } = options
  const folder = join(workspace, 'apps', application)
  await runBuildProgram({
    what: application,
    args: [join(workspace, PROGRAM)],
    cwd: folder,
    settings: reproducibleSettings(release, sourceDigest),
    scratch,
    ...(under === undefined ? {} : { under }),
    signal,
  })
  const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'))
  const { preview } = prerenders.parse(read('.next/prerender-manifest.json'))
  const wanted = replacements(preview, workspace, sourceDigest)
  const made = new Map(
    [...readFolder(join(folder, '.open-next'))].map(([path, content]) => [
      `.open-next/${path}`,
      replaced(path, content, wanted),
    ]),
  )
  // What Next keeps beside its code for whoever has to read a stack trace.
  for (const [path, content] of readFolder(join(folder, '.next/server'))) {
    if (path.endsWith('.map')) made.set(`.next/server/${path}`, replaced(path, content, wanted))
  }
  const { byDestination, outputs } = sortOutputs(application, made, zoneDestinations)
  const server = below(byDestination.get('function'), '.open-next/server-functions/default/')
  if (!server.has(`apps/${application}/.next/server/middleware.js`)) {
    throw new BuildError('unaccounted', `The proxy of ${application} is not in its function: every page would be open.`)
  }
  const { streaming } = description.parse(read('.open-next/open-next.output.json')).origins.default
  return {
    server: await withoutComments(server, `apps/${application}/open-next.config.mjs`),
    hashed: below(byDestination.get('asset'), '.open-next/assets/_next/static/'),
    maps: new Map(byDestination.get('private')),
    url: streaming ? 'RESPONSE_STREAM' : 'BUFFERED',
    outputs,
  }
}

/** OpenNext bundles its configuration, and with it our own code in front of Next, as long as it was written. */
async function withoutComments(server: Contents, path: string): Promise<Contents> {
  const config = server.get(path)
  if (config === undefined) throw new BuildError('unaccounted', `${path} is not in the function.`)
  const { code } = await transform(Buffer.from(config).toString('utf8'), {
    format: 'esm',
    target: 'node24',
    minifyWhitespace: true,
    legalComments: 'none',
  })
  return new Map([...server, [path, Buffer.from(code)]])
}

function below(files: Contents | undefined, prefix: string): Contents {
  return new Map([...(files ?? [])].map(([path, content]) => [path.slice(prefix.length), content]))
}
